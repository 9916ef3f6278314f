"""The log under the API: the same queries and actions as the pages."""

from decimal import Decimal

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from personnel.access import require
from worklogs import access, actions
from worklogs.models import EntryKind, LogEntry
from worklogs.rules.states import DECISIONS, Deed

ENTRIES_SHOWN = 500


class EntryOutput(serializers.ModelSerializer):
    """One entry as its reader may see it."""

    class Meta:
        model = LogEntry
        fields = [
            "id", "person", "day", "starts_minute", "ends_minute", "activity", "quantity", "output_unit", "kind",
            "can_be_done_from_home", "evidence_link", "state", "version", "written_at", "changed_at", "submitted_at",
            "validator", "decided_at", "decision_reason", "mend_by_on",
        ]  # fmt: skip
        read_only_fields = fields


class Entries(APIView):
    """GET: entries the account may see, by person and days. POST: write one's own draft."""

    class Query(serializers.Serializer):
        person = serializers.IntegerField(required=False)
        starts_on = serializers.DateField()
        ends_on = serializers.DateField()
        state = serializers.CharField(required=False)

        def validate(self, data):
            if data["ends_on"] < data["starts_on"] or (data["ends_on"] - data["starts_on"]).days > 366:
                raise serializers.ValidationError("ends_on must lie within a year after starts_on.")
            return data

    class Input(serializers.Serializer):
        day = serializers.DateField()
        starts_minute = serializers.IntegerField(min_value=0, max_value=1_439)
        ends_minute = serializers.IntegerField(min_value=1, max_value=2_880)
        activity = serializers.CharField(max_length=500)
        quantity = serializers.DecimalField(
            max_digits=9, decimal_places=2, min_value=Decimal("0.01"), required=False, allow_null=True
        )
        output_unit = serializers.CharField(max_length=40, required=False, allow_blank=True)
        kind = serializers.ChoiceField(choices=EntryKind.choices, required=False)
        can_be_done_from_home = serializers.BooleanField(required=False)
        evidence_link = serializers.URLField(max_length=500, required=False, allow_blank=True)
        client_key = serializers.CharField(max_length=40, required=False, allow_blank=True)

    @extend_schema(parameters=[Query], responses=EntryOutput(many=True))
    def get(self, request: Request) -> Response:
        query = self.Query(data=request.query_params)
        query.is_valid(raise_exception=True)
        asked = query.validated_data
        rows = LogEntry.objects.visible_to(request.user).between(asked["starts_on"], asked["ends_on"])
        if "person" in asked:
            rows = rows.of(asked["person"])
        if "state" in asked:
            rows = rows.filter(state=asked["state"])
        rows = rows.order_by("person_id", "day", "starts_minute", "pk")[:ENTRIES_SHOWN]
        return Response(EntryOutput(rows, many=True).data)

    @extend_schema(request=Input, responses={201: EntryOutput})
    def post(self, request: Request) -> Response:
        require(access.may_keep_a_log(request.user))
        form = self.Input(data=request.data)
        form.is_valid(raise_exception=True)
        data = dict(form.validated_data)
        day, client_key = data.pop("day"), data.pop("client_key", "")
        entry = actions.write_entry(
            person_id=request.user.person_id,
            day=day,
            details=actions.EntryDetails(**data),
            actor=request.user,
            now=timezone.now(),
            client_key=client_key,
        )
        return Response(EntryOutput(entry).data, status=status.HTTP_201_CREATED)


class SubmitDay(APIView):
    """POST: send one's own entries of a day. 409 with the findings when a rule blocks it."""

    class Input(serializers.Serializer):
        day = serializers.DateField()

    @extend_schema(request=Input, responses=EntryOutput(many=True))
    def post(self, request: Request) -> Response:
        require(access.may_keep_a_log(request.user))
        form = self.Input(data=request.data)
        form.is_valid(raise_exception=True)
        rows = actions.submit_day(
            person_id=request.user.person_id, day=form.validated_data["day"], actor=request.user, now=timezone.now()
        )
        return Response(EntryOutput(rows, many=True).data)


class Decide(APIView):
    """POST: approve, return or reject one entry as it was read. 409 when it moved on or somebody decided first."""

    class Input(serializers.Serializer):
        deed = serializers.ChoiceField(choices=sorted(deed.value for deed in DECISIONS))
        version = serializers.IntegerField(min_value=1)
        reason = serializers.CharField(max_length=500, required=False, allow_blank=True, default="")

    @extend_schema(request=Input, responses=EntryOutput)
    def post(self, request: Request, entry_id: int) -> Response:
        entry = get_object_or_404(LogEntry.objects.visible_to(request.user), pk=entry_id)
        require(access.may_decide(request.user, entry, timezone.localdate()))
        form = self.Input(data=request.data)
        form.is_valid(raise_exception=True)
        outcome = actions.decide_many(
            items=[(entry.pk, form.validated_data["version"])],
            deed=Deed(form.validated_data["deed"]),
            reason=form.validated_data["reason"],
            actor=request.user,
            now=timezone.now(),
            strict=True,
        )
        if not outcome.done:
            raise Http404
        return Response(EntryOutput(outcome.done[0]).data)
