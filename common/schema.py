"""How the API describes itself: a nested Input or Output is named after the view it belongs to."""

from drf_spectacular.openapi import AutoSchema
from rest_framework.serializers import BaseSerializer


class Schema(AutoSchema):
    """`PunchCreate.Input` becomes the component `PunchCreateInput`."""

    def get_serializer_name(self, serializer: BaseSerializer, direction: str) -> str:
        return serializer.__class__.__qualname__.replace(".", "")
