"""People and units over the API, as far as the account may see them."""

from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import generics, pagination, serializers
from rest_framework.exceptions import PermissionDenied
from rest_framework.request import Request

from personnel import access, queries
from personnel.filters import AppointmentFilter
from personnel.models import Appointment, Unit


class ByKey(pagination.CursorPagination):
    """Pages that stay right while rows are added."""

    page_size = 100
    ordering = "pk"


class PersonOutput(serializers.ModelSerializer):
    """Somebody with the position of today. The NIP is here because another system knows people by it."""

    id = serializers.IntegerField(source="person.pk")
    nip = serializers.CharField(source="person.nip")
    name = serializers.CharField(source="person.full_name")
    position = serializers.CharField(source="position.name")
    unit = serializers.IntegerField(source="unit_id")

    class Meta:
        model = Appointment
        fields = ["id", "nip", "name", "position", "unit", "is_head", "starts_on"]


@extend_schema(tags=["people"])
class People(generics.ListAPIView):
    """GET: people of the units one looks after, with their substantive position of today."""

    serializer_class = PersonOutput
    pagination_class = ByKey
    filterset_class = AppointmentFilter
    queryset = Appointment.objects.none()

    def check_permissions(self, request: Request) -> None:
        super().check_permissions(request)
        if not access.may_list_people(request.user):
            raise PermissionDenied

    def get_queryset(self) -> Any:
        return queries.appointments_for_list(self.request.user, timezone.localdate()).order_by("pk")


class UnitOutput(serializers.ModelSerializer):
    class Meta:
        model = Unit
        fields = ["id", "code", "name", "kind", "parent", "perangkat_daerah", "starts_on", "ends_on"]


@extend_schema(tags=["people"])
class Units(generics.ListAPIView):
    """GET: the tree of units that exist today."""

    serializer_class = UnitOutput
    pagination_class = ByKey
    queryset = Unit.objects.none()

    def get_queryset(self) -> Any:
        return Unit.objects.visible_to(self.request.user).on(timezone.localdate()).order_by("pk")
