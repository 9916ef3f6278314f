"""What a list of people can be narrowed by: one declaration for the page, its export and the API."""

import django_filters
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from personnel.models import Appointment, PositionKind, Unit


class AppointmentFilter(django_filters.FilterSet):
    """Filters of substantive appointments. A value that is none is an error of its field."""

    q = django_filters.CharFilter(label=_("Name or whole NIP"), method="with_text")
    unit = django_filters.ModelChoiceFilter(
        label=_("Unit and everything below"), queryset=Unit.objects.all(), method="below"
    )
    jenis = django_filters.ChoiceFilter(
        label=_("Kind of position"), field_name="position__kind", choices=PositionKind.choices
    )

    class Meta:
        model = Appointment
        fields = ["q", "unit", "jenis"]

    def with_text(self, rows: QuerySet[Appointment], name: str, text: str) -> QuerySet[Appointment]:
        return rows.filter(Q(person__name__icontains=text) | Q(person__nip=text))

    def below(self, rows: QuerySet[Appointment], name: str, unit: Unit) -> QuerySet[Appointment]:
        return rows.filter(unit__path__startswith=unit.path)
