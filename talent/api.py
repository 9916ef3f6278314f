"""The own box over the API."""

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from talent.queries.box_page import BoxPage, box_page
from talent.queries.boxes import latest_placement


class IndicatorOutput(serializers.Serializer):
    label = serializers.CharField()
    raw = serializers.CharField()
    contribution = serializers.DecimalField(max_digits=12, decimal_places=2, source="shown")
    weight = serializers.DecimalField(max_digits=12, decimal_places=2)
    missing = serializers.CharField()


class AxisOutput(serializers.Serializer):
    name = serializers.CharField()
    value = serializers.DecimalField(max_digits=12, decimal_places=2, allow_null=True)
    category = serializers.CharField()
    indicators = IndicatorOutput(many=True, source="rows")


class MyBox(APIView):
    """GET: the newest published box of the signed-in person, with every indicator; 404 while there is none."""

    class Output(serializers.Serializer):
        period = serializers.CharField(source="placement.period.name")
        profile = serializers.CharField(source="placement.period.profile")
        sk_number = serializers.CharField(source="placement.period.profile.sk_number")
        reckoning_on = serializers.DateField(source="placement.period.reckoning_on")
        objections_until = serializers.DateField(source="placement.period.objections_until")
        box = serializers.IntegerField(source="placement.box", allow_null=True)
        is_rewarded = serializers.BooleanField(source="placement.is_rewarded")
        unmapped = serializers.ListField(child=serializers.CharField(), source="reasons")
        axes = AxisOutput(many=True)

    @extend_schema(responses=Output)
    def get(self, request: Request) -> Response:
        placement = latest_placement(request.user.person_id) if request.user.person_id else None
        if placement is None:
            raise NotFound
        page: BoxPage = box_page(placement)
        return Response(self.Output(page).data)
