"""What the ground holds about a person, with purpose and retention."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from common.held import Section
from personnel.models import AuditEvent, Notice, Person, ReadEvent, UserSession


def sections(person_id: int, limit: int | None) -> Iterator[Section]:
    """Identity, what binds the person to the office, who looked, and what was done."""
    person = Person.objects.get(pk=person_id)
    yield _identity(person)
    yield from _bonds(person, limit)
    yield from _trace(person, limit)


def _identity(person: Person) -> Section:
    rows: list[list[Any]] = [
        ["NIP", person.nip],
        [_("Name"), person.full_name],
        [_("Date of birth"), person.birth_on],
        [_("Gender"), person.get_gender_display()],
        [_("Email"), person.email or "–"],
        [_("Phone"), person.phone or "–"],
    ]
    purpose = _("To know who works here and to reach you.")
    return Section(_("Identity"), purpose, [_("Field"), _("Value")], rows, _("Length of service"))


def _bonds(person: Person, limit: int | None) -> Iterator[Section]:
    dates = [_("From"), _("Until")]
    kept = _("Length of service and ten years after")
    employments = person.employments.order_by("-starts_on")[:limit]
    yield Section(
        _("Employment"),
        _("Which rules apply to you."),
        [_("Kind"), *dates],
        [[row.get_kind_display(), row.starts_on, row.ends_on] for row in employments],
        kept,
    )
    appointments = person.appointments.select_related("unit", "position").order_by("-starts_on")[:limit]
    yield Section(
        _("Positions"),
        _("Where you work, under whom, and the experience that counts for talent."),
        [_("Position"), _("Unit"), *dates],
        [[row.position.name, row.unit.name, row.starts_on, row.ends_on] for row in appointments],
        kept,
    )
    lines = person.lines_up.select_related("superior").order_by("-starts_on")[:limit]
    yield Section(
        _("Superiors"),
        _("Who validates your log and approves your leave."),
        [_("Name"), _("Source"), *dates],
        [[row.superior.full_name, row.source, row.starts_on, row.ends_on] for row in lines],
        kept,
    )
    yield Section(
        _("Golongan"),
        _("Shown on lists and letters."),
        [_("Golongan"), *dates],
        [[row.grade, row.starts_on, row.ends_on] for row in person.ranks.order_by("-starts_on")[:limit]],
        kept,
    )
    yield Section(
        _("Education"),
        _("Counts for talent."),
        [_("Level"), _("Field of study"), _("Year of graduation")],
        [[row.get_level_display(), row.field, row.graduated_year] for row in person.educations.order_by("-pk")[:limit]],
        kept,
    )


def _trace(person: Person, limit: int | None) -> Iterator[Section]:
    read = ReadEvent.objects.filter(person=person).select_related("reader")
    yield Section(
        _("Who looked at my data"),
        _("Every look of somebody else at your scores, locations or categories leaves a row."),
        [_("When"), _("Who"), _("What"), _("Purpose")],
        [[row.happened_at, str(row.reader), row.what, row.purpose] for row in read.order_by("-pk")[:limit]],
        _("Five years"),
        count=read.count(),
    )
    deeds = AuditEvent.objects.filter(object_type="personnel.person", object_id=person.pk).select_related("actor")
    yield Section(
        _("What was changed about me"),
        _("So that every figure can be traced back."),
        [_("When"), _("Who"), _("Deed")],
        [
            [row.happened_at, str(row.actor) if row.actor else _("the system"), row.verb]
            for row in deeds.order_by("-pk")[:limit]
        ],
        _("Ten years"),
        count=deeds.count(),
    )
    notices = Notice.objects.filter(recipient__person=person)
    yield Section(
        _("Notices"),
        _("What the product has told you."),
        [_("When"), _("Kind")],
        [[row.created_at, row.kind] for row in notices.order_by("-pk")[:limit]],
        _("One year"),
        count=notices.count(),
    )
    sessions = UserSession.objects.filter(user__person=person)
    yield Section(
        _("Where you are signed in"),
        _("So that you can see and end a session that is not yours."),
        [_("Device"), _("Address"), _("From"), _("Last used")],
        [
            [row.device or "–", row.address or "–", row.started_at, row.seen_at]
            for row in sessions.order_by("-pk")[:limit]
        ],
        _("Until signed out"),
        count=sessions.count(),
    )
