"""The smallest valid talent data; written through the product's own actions."""

from datetime import date

from personnel.models import Person, User
from talent import actions
from talent.models import Fact, Period, Profile
from talent.tasks import compute_period
from tests.clock import NOW, TODAY

LAST_YEAR_END = date(2025, 12, 31)


def profile_of(code: str = "DAERAH") -> Profile:
    return Profile.objects.get(code=code, version=1)


def give(person: Person, key: str, value=None, *, on: date = date(2026, 6, 1), source: str = "SIASN", **fields) -> Fact:
    """One verified fact about a person; without a value a checked emptiness."""
    row = actions.FactRow(person_id=person.pk, key=key, value=value, observed_on=on, is_empty=value is None, **fields)
    actions.load_facts(rows=[row], source=source, actor=None, now=NOW)
    return Fact.objects.filter(person=person, key=key, source=source).latest("pk")


def give_all(person: Person, **other) -> None:
    """Facts that make box 9 by DAERAH; `other` replaces a value or, with None, leaves the fact out."""
    values = {
        "predikat_tahunan": "SANGAT_BAIK",
        "pemenuhan_jam": 950,
        "penghargaan": "NASIONAL",
        "tim_kerja": "KETUA_INTERNAL",
        "umpan_balik_360": "BAIK",
        "kompetensi_jpm": "95",
        "potensi_8": "34",
        "pengembangan": "Diklat PBJ",
        "kesesuaian_ilmu": "SESUAI",
        "pendidikan": "S1",
        "hukdis": "",
    } | other
    for key, value in values.items():
        if value is None:
            continue
        more = {"sample": 5} if key == "umpan_balik_360" else {"standard": "1000"} if key == "pemenuhan_jam" else {}
        on = LAST_YEAR_END if key == "predikat_tahunan" else date(2026, 6, 1)
        give(person, key, value or None, on=on, **more)


def make_period(*, name: str = "2026", profile: Profile | None = None, reckoning_on: date = TODAY) -> Period:
    return actions.open_period(
        name=name, profile_id=(profile or profile_of()).pk, reckoning_on=reckoning_on, actor=None, now=NOW
    )


def compute(period: Period, actor: User | None = None) -> None:
    job = actions.start_compute(period_id=period.pk, actor=actor, now=NOW)
    compute_period(job_id=job.pk)
    period.refresh_from_db()


def make_published(*, name: str = "2026", profile: Profile | None = None) -> Period:
    """A period that has been computed and published, objections until the end of the month."""
    period = make_period(name=name, profile=profile)
    compute(period)
    actions.publish_period(period_id=period.pk, objections_until=date(2026, 11, 30), actor=None, now=NOW)
    period.refresh_from_db()
    return period
