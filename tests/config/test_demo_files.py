"""The files of the demo are in the real formats: the product's own readers take them, flaws included."""

from datetime import date

import pytest

from attendance.rules import attlog
from common.tables import rows_of
from config.demo import people_steps
from config.demo.build import Site
from config.demo.clock_files import write_clock_files
from config.demo.files import SIASN_COLUMNS, OfficeFiles, write_people_files
from config.demo.life import Life
from config.demo.parameters import Parameters
from config.demo.people import invent_office
from config.demo.talent_files import write_facts
from personnel.models import Appointment, Person, ReportingLine, Role, RoleGrant, Unit, User
from personnel.queries import superiors_of
from personnel.rules.siasn import read_siasn
from tests.clock import NOW

TODAY = date(2026, 11, 18)


@pytest.fixture(scope="module")
def site(tmp_path_factory) -> Site:
    home = tmp_path_factory.mktemp("demo")
    parameters = Parameters(people=600, months=1, seed=9, today=TODAY)
    office = invent_office(parameters)
    files = OfficeFiles(home / "demo")
    write_people_files(office, parameters, files)
    return Site(parameters=parameters, office=office, life=Life(office, parameters), files=files, home=home, now=NOW)


def test_siasn_has_all_its_columns_and_every_row_is_taken_or_refused_with_a_reason(site):
    reading = read_siasn(rows_of(site.files.siasn), today=TODAY)

    assert reading.header.row == 4
    assert len(reading.header.dropped) == len(SIASN_COLUMNS) - len(reading.header.columns)
    assert [p.nip for p in reading.people] == [p.nip for p in site.office.people]
    assert sorted(refusal.code for refusal in reading.refusals) == [
        "duplicate", "nip_digits_lost", "no_such_day", "second_unit",
    ]  # fmt: skip
    assert reading.doubts == []


def test_what_siasn_says_is_what_was_invented(site):
    reading = read_siasn(rows_of(site.files.siasn), today=TODAY)

    for person, invented in zip(reading.people, site.office.people, strict=True):
        assert (person.birth_on, str(person.gender), str(person.employment)) == (
            invented.birth_on,
            invented.gender,
            invented.employment,
        )
        assert (person.grade, person.grade_on, person.position_on) == (
            invented.grade,
            invented.grade_on,
            invented.position_on,
        )
        assert person.unit_path[::-1] == tuple(unit.name for unit in site.office.chain_of(invented.unit))


def test_every_line_of_a_device_can_be_read(site):
    clockings = write_clock_files(site.life, site.files)

    lines = bad = repeats = 0
    for path in site.files.attlogs.iterdir():
        parsed = attlog.parse(path.read_text(encoding="ascii").splitlines(), attlog.Layout.USB)
        lines += len(parsed.rows)
        bad += len(parsed.bad)
        repeats += sum((b.at - a.at).total_seconds() < 20 and a.pin == b.pin for a, b in zip(
            sorted(parsed.rows, key=lambda r: (r.pin, r.at)), sorted(parsed.rows, key=lambda r: (r.pin, r.at))[1:],
            strict=False,
        ))  # fmt: skip
    phones = site.files.phones.read_text(encoding="utf-8").count("\n") - 1
    assert bad == 0
    assert lines + phones == clockings
    assert repeats > lines * 0.02


def test_facts_are_written_for_everybody(site):
    written = write_facts(site.office, site.parameters, site.files)

    rows = [row for path in site.files.facts.iterdir() for row in list(rows_of(path))[1:]]
    assert len(rows) == written
    assert {row[0] for row in rows} == {person.nip for person in site.office.people}


@pytest.mark.django_db
def test_the_importers_build_the_office(site):
    people_steps.units(site)
    people_steps.people(site)
    people_steps.lines(site)
    people_steps.accounts(site)

    assert (Person.objects.count(), Unit.objects.count()) == (600, len(site.office.units))
    assert ReportingLine.objects.count() == 599
    assert Appointment.objects.acting().count() == 2
    everyone = list(Person.objects.values_list("pk", flat=True))
    assert len(superiors_of(everyone, TODAY)) == 599
    assert set(RoleGrant.objects.values_list("role", flat=True)) == set(Role.values)
    assert User.objects.count() == 600
    assert (site.home / "demo_accounts.json").stat().st_mode & 0o077 == 0
