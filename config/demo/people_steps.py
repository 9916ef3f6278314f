"""Units, people, lines, accounts and roles of the demo office."""

import json
import secrets
from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext_noop

from config.demo.people import DemoPerson
from config.demo.talent_files import EMPTY, facts_of
from personnel import actions
from personnel.actions import importing
from personnel.models import Person, Role, Unit, User

if TYPE_CHECKING:
    from config.demo.build import Site

ROLES_SINCE = date(2024, 1, 2)
_HOME_OFFICES = ("Dinas Komunikasi dan Informatika", "Dinas Penanaman Modal dan Pelayanan Terpadu Satu Pintu")


def units(site: "Site") -> str:
    outcome = importing.import_units(path=site.files.units, effective_on=ROLES_SINCE, actor=None, now=site.now)
    return f"{outcome.new:,} units"


def people(site: "Site") -> str:
    outcome = importing.import_siasn(
        path=site.files.siasn, effective_on=site.parameters.today, actor=None, now=site.now
    )
    return f"{outcome.new:,} people taken, {len(outcome.refused)} rows refused"


def lines(site: "Site") -> str:
    files, now, today = site.files, site.now, site.parameters.today
    placed = importing.import_superiors(path=files.superiors, effective_on=today, actor=None, now=now)
    led = importing.import_heads(path=files.heads, effective_on=today, actor=None, now=now)
    part_time = importing.import_contracts(path=files.contracts, actor=None, now=now)
    return f"{placed.new:,} lines, {led.changed:,} heads, {led.new} acting, {part_time.changed:,} contracts"


def accounts(site: "Site") -> str:
    """An account for everyone; roles of every perangkat daerah; one offered account for each role."""
    made = actions.create_accounts(
        people=Person.objects.order_by("pk").iterator(chunk_size=1_000), actor=None, now=site.now
    )
    cast = _Cast(site)
    for demo_person, role, unit in cast.grants():
        actions.grant_role(
            user=User.objects.get(username=demo_person.nip), role=role, unit=unit, starts_on=ROLES_SINCE, actor=None,
            now=site.now,
        )  # fmt: skip
    # In a small office one person may play two parts; the password is then the same.
    passwords = {person.nip: "-".join(secrets.token_hex(2) for _ in range(3)) for _role, person in cast.offered()}
    offered = [_offer(site, role, person, passwords[person.nip]) for role, person in cast.offered()]
    path = site.home / "demo_accounts.json"
    path.touch(mode=0o600)
    path.write_text(json.dumps(offered, ensure_ascii=False, indent=1), encoding="utf-8")
    return f"{made:,} accounts, {len(offered)} offered"


def _offer(site: "Site", role: str, demo_person: DemoPerson, password: str) -> dict[str, str]:
    user = User.objects.select_related("person").get(username=demo_person.nip)
    actions.set_password(user=user, password=password, actor=None, now=site.now)
    unit = site.office.units[site.office.perangkat_daerah_of(demo_person.unit)].name
    return {"role": role, "name": str(user), "unit": unit, "username": user.username, "password": password}


class _Cast:
    """Who plays which part: the chain of the home office, and the offices around it."""

    def __init__(self, site: "Site") -> None:
        self.office = site.office
        self.parameters = site.parameters
        self.units = site.office.units
        self.by_code = {unit.code: unit for unit in Unit.objects.all()}
        self.heads = {person.unit: person for person in self.office.people if person.is_head}
        self.members: dict[int, list[DemoPerson]] = {}
        for person in self.office.people:
            self.members.setdefault(self.office.perangkat_daerah_of(person.unit), []).append(person)
        self.perangkat_daerah = [unit.index for unit in self.units if unit.is_perangkat_daerah]
        self.home = next(index for index in map(self._named, _HOME_OFFICES) if index is not None)
        self.bkd = self._named("Badan Kepegawaian dan Pengembangan Sumber Daya Manusia") or 0
        self.audit = self._named("Inspektorat Daerah") or 0
        self.employee = self._employee()

    def _named(self, name: str) -> int | None:
        return next((index for index in self.perangkat_daerah if self.units[index].name == name), None)

    def _employee(self) -> DemoPerson:
        """An ordinary member of a seksi with a head of its own, on full time."""
        ordinary = [
            p for p in self.members[self.home] if not p.is_head and p.weekly_minutes is None and p.employment == "PNS"
        ]
        in_section = [p for p in ordinary if p.unit in self.heads and self.units[p.unit].kind == "SECTION"
                      and not self.units[p.unit].name.startswith("Subbagian")]  # fmt: skip
        candidates = in_section or ordinary
        return next(filter(self._has_a_whole_record, candidates), candidates[0])

    def _has_a_whole_record(self, person: DemoPerson) -> bool:
        """Assessed, rated and never sanctioned, so that the first box a visitor opens has a number in it."""
        said = {key: value for key, value, _on, _more in facts_of(person, self.parameters)}
        return {"predikat_tahunan", "kompetensi_jpm", "potensi_8"} <= said.keys() and said["hukdis"] == EMPTY

    def officer(self, perangkat_daerah: int) -> DemoPerson:
        """The head of the personnel desk; else the head of the secretariat; else any member."""
        members = self.members[perangkat_daerah]
        for wanted in ("Subbagian Umum dan Kepegawaian", "Subbagian Rumah Tangga", "Sekretariat"):
            for person in members:
                if person.is_head and self.units[person.unit].name.startswith(wanted):
                    return person
        return members[-1]

    def superior_of(self, person: DemoPerson) -> DemoPerson:
        return self.office.people[person.superior] if person.superior is not None else person

    def administrator(self) -> DemoPerson:
        assert self.bkd is not None
        return next(p for p in self.members[self.bkd] if p.is_head and self.units[p.unit].name.startswith("Bidang"))

    def inspector(self) -> DemoPerson:
        assert self.audit is not None
        return next(p for p in self.members[self.audit] if p.is_head and "Pembantu" in p.position)

    def committee(self) -> DemoPerson:
        return next(person for person in self.office.people if person.superior is None)

    def grants(self) -> list[tuple[DemoPerson, str, Unit]]:
        root = self.by_code["1"]
        granted: list[tuple[DemoPerson, str, Unit]] = [
            (self.administrator(), Role.BKD_ADMIN, root),
            (self.committee(), Role.TALENT_COMMITTEE, root),
            (self.inspector(), Role.INSPECTOR, root),
        ]
        for index in self.perangkat_daerah:
            unit = self.by_code[self.units[index].code]
            granted.append((self.officer(index), Role.UNIT_OFFICER, unit))
            granted.append((self.heads[index], Role.UNIT_HEAD, unit))
        return granted

    def offered(self) -> list[tuple[str, DemoPerson]]:
        """The msgids of the sign-in page, in the order in which the work flows."""
        elsewhere = next(index for index in self.perangkat_daerah if index not in (self.home, self.bkd, self.audit))
        return [
            (gettext_noop("Employee"), self.employee),
            (gettext_noop("Direct superior"), self.superior_of(self.employee)),
            (gettext_noop("Unit personnel officer"), self.officer(self.home)),
            (gettext_noop("Head of perangkat daerah"), self.heads[self.home]),
            (gettext_noop("BKD administrator"), self.administrator()),
            (gettext_noop("Talent committee"), self.committee()),
            (gettext_noop("Inspector"), self.inspector()),
            (gettext_noop("Officer of another unit"), self.officer(elsewhere)),
        ]
