"""The clock and one's own day over the API; the same queries and actions as the pages."""

import uuid
from datetime import date
from typing import Any

from django.http import Http404
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from attendance import access, actions, queries
from attendance.models import Direction, FenceVerdict, Place
from attendance.queries import months
from personnel.access import require


class PunchCreate(APIView):
    """POST: one press of the clock at the server's time; 201, or 200 where the key was recorded before."""

    class Input(serializers.Serializer):
        client_key = serializers.CharField(max_length=64, required=False)
        latitude = serializers.FloatField(min_value=-90, max_value=90, required=False)
        longitude = serializers.FloatField(min_value=-180, max_value=180, required=False)
        accuracy_metres = serializers.IntegerField(min_value=0, max_value=100_000_000, required=False)
        fix_age_seconds = serializers.IntegerField(min_value=0, max_value=100_000_000, required=False)
        is_denied = serializers.BooleanField(default=False)
        device_id = serializers.CharField(max_length=64, default="", allow_blank=True)
        provider = serializers.CharField(max_length=40, default="", allow_blank=True)

        def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
            if ("latitude" in attrs) != ("longitude" in attrs):
                raise serializers.ValidationError({"latitude": "Latitude and longitude come together."})
            return attrs

    class Output(serializers.Serializer):
        receipt = serializers.CharField()
        direction = serializers.ChoiceField(Direction.choices)
        day = serializers.DateField()
        instant = serializers.DateTimeField()
        zone = serializers.CharField()
        verdict = serializers.ChoiceField(FenceVerdict.choices, allow_blank=True)
        distance_metres = serializers.IntegerField(allow_null=True)

    @extend_schema(request=Input, responses={201: Output, 200: Output})
    def post(self, request: Request) -> Response:
        require(access.may_clock(request.user))
        sent = self.Input(data=request.data)
        sent.is_valid(raise_exception=True)
        said = dict(sent.validated_data)
        done = actions.press_clock(
            person_id=request.user.person_id,
            client_key=said.pop("client_key", "") or uuid.uuid4().hex,
            device=actions.Device(**said),
            actor=request.user,
            now=timezone.now(),
        )
        return Response(self.Output(done.punch).data, status=201 if done.is_new else 200)


class PressOutput(serializers.Serializer):
    """One press of a day."""

    instant = serializers.DateTimeField()
    direction = serializers.ChoiceField(Direction.choices)
    receipt = serializers.CharField()
    verdict = serializers.CharField()


class MyDay(APIView):
    """GET: one's own day (`?day=2026-11-18`, today by default): place and why, presses, sums."""

    class Input(serializers.Serializer):
        day = serializers.DateField(required=False)

        def validate_day(self, value: date) -> date:
            if not 2000 <= value.year <= 2100:
                raise serializers.ValidationError("Give a day between 2000 and 2100.")
            return value

    class Output(serializers.Serializer):
        day = serializers.DateField()
        place = serializers.ChoiceField(Place.choices, source="place.place")
        because = serializers.CharField(source="place.label")
        source = serializers.CharField(source="place.source")
        version = serializers.IntegerField(source="place.version")
        status = serializers.CharField(source="result.status")
        target_minutes = serializers.IntegerField(source="result.target_minutes")
        worked_minutes = serializers.IntegerField(source="result.worked_minutes")
        credited_minutes = serializers.IntegerField(source="result.credited_minutes")
        late_minutes = serializers.IntegerField(source="result.late_minutes")
        early_minutes = serializers.IntegerField(source="result.early_minutes")
        presses = PressOutput(source="punches", many=True)

    @extend_schema(parameters=[Input], responses=Output)
    def get(self, request: Request) -> Response:
        require(access.may_clock(request.user))
        asked = self.Input(data=request.query_params)
        asked.is_valid(raise_exception=True)
        now = timezone.now()
        day = asked.validated_data.get("day") or timezone.localdate(now)
        try:
            shown = months.own_day(request.user.person_id, day, now=now)
        except queries.NotAppointed:
            raise Http404 from None
        return Response(self.Output(shown).data)
