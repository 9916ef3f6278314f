"""The API of schedules: one's own days, and the plans one may read."""

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from schedules.queries.plans import days_of_row, my_rows, plans_for_list
from schedules.rules import cells

PLANS_IN_ONE_ANSWER = 200


class MySchedule(APIView):
    """GET: own days of the schedules in force, from this month on."""

    class Output(serializers.Serializer):
        month = serializers.DateField()
        version = serializers.IntegerField()
        decree = serializers.CharField()
        home_days = serializers.ListField(child=serializers.DateField())

    @extend_schema(responses=Output(many=True))
    def get(self, request: Request) -> Response:
        rows = my_rows(request.user, timezone.localdate().replace(day=1)) if request.user.person_id else []
        months = [
            {
                "month": row.version.plan.starts_on,
                "version": row.version.number,
                "decree": row.version.decree_number,
                "home_days": [d["day"] for d in days_of_row(row) if d["letter"] in cells.HOME_LETTERS],
            }
            for row in rows
        ]
        return Response(self.Output(months, many=True).data)


class Plans(APIView):
    """GET: the newest version of each plan one may read, newest month first."""

    class Output(serializers.Serializer):
        id = serializers.IntegerField()
        unit = serializers.IntegerField(source="unit_id")
        unit_name = serializers.CharField(source="unit.name")
        month = serializers.DateField(source="starts_on")
        version = serializers.IntegerField(source="version_number", allow_null=True)
        state = serializers.CharField(source="version_state", allow_null=True)
        submitted_at = serializers.DateTimeField(allow_null=True)
        decided_at = serializers.DateTimeField(allow_null=True)

    @extend_schema(responses=Output(many=True))
    def get(self, request: Request) -> Response:
        rows = plans_for_list(request.user)[:PLANS_IN_ONE_ANSWER]
        return Response(self.Output(rows, many=True).data)
