"""The smallest valid policy, plan and version, made through the product's own actions."""

from datetime import date
from typing import Any

from personnel.models import Unit
from schedules import actions
from schedules.models import Plan, PlanVersion, WfhPolicy
from schedules.rules.presets import BY_KEY
from tests.clock import NOW, TODAY
from tests.factories.personnel import make_person

DECEMBER = date(2026, 12, 1)


def make_policy(
    *, unit: Unit | None = None, starts_on: date = TODAY, number: str = "SE 1/2026", **parameters: Any
) -> WfhPolicy:
    return actions.set_policy(
        unit=unit,
        number=number,
        legal_basis="Surat Edaran Bupati",
        starts_on=starts_on,
        parameters=parameters,
        decision_note="Diputuskan untuk uji",
        actor=None,
        now=NOW,
    )


def make_preset_policy(key: str, **changes: Any) -> WfhPolicy:
    preset = BY_KEY[key]
    return make_policy(number=preset.number, **{**preset.parameters, **changes})


def make_colleagues(unit: Unit, count: int) -> list:
    return [make_person(unit=unit, name=f"Rekan {number:02d}") for number in range(1, count + 1)]


def make_plan(unit: Unit, month: date = DECEMBER) -> Plan:
    plan, _job = actions.request_generation(unit=unit, starts_on=month, actor=None, now=NOW)
    return plan


def make_version(unit: Unit, month: date = DECEMBER, *, actor=None) -> PlanVersion:
    """A computed draft; needs a policy in force."""
    plan = Plan.objects.filter(unit=unit, starts_on=month).first() or make_plan(unit, month)
    return actions.generate_version(plan=plan, actor=actor, now=NOW)


def make_submitted(unit: Unit, *, actor=None) -> PlanVersion:
    return actions.submit_version(version=make_version(unit, actor=actor), actor=actor, now=NOW)


def make_ratified(unit: Unit, *, decree: str = "Kep. 800/412/2026") -> PlanVersion:
    return actions.ratify_version(version=make_submitted(unit), decree_number=decree, actor=None, now=NOW)


def make_group(unit: Unit, people: list, *, name: str = "Loket", min_office: int = 1):
    return actions.create_group(
        unit=unit,
        name=name,
        min_office=min_office,
        person_ids=[person.pk for person in people],
        starts_on=TODAY,
        actor=None,
        now=NOW,
    )
