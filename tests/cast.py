"""The named people of the tests: one small office that every test may ask for."""

from dataclasses import dataclass

from personnel.models import Gender, PositionKind, Role, Unit, UnitKind, User
from tests.factories.personnel import grant, make_person, make_position, make_unit, make_user


@dataclass
class Cast:
    """A regency with two dinas and its BKD, and one person for each role.

    `staff` works in `seksi` under `superior`, who leads it; `head` leads `dinas_a`, whose personnel
    officer is `officer`. `other_officer` is the officer of `dinas_b`: the one who must not get in.
    """

    root: Unit
    dinas_a: Unit
    bidang: Unit
    seksi: Unit
    dinas_b: Unit
    bkd_unit: Unit
    staff: User
    superior: User
    officer: User
    head: User
    other_officer: User
    bkd: User
    committee: User
    inspector: User


ROLES = ("staff", "superior", "officer", "head", "other_officer", "bkd", "committee", "inspector")


def build_cast() -> Cast:
    root = make_unit(name="Kabupaten Contoh", kind=UnitKind.INSTITUTION)
    dinas_a = make_unit(parent=root, name="Dinas Perizinan", kind=UnitKind.DEPARTMENT, pd=True)
    bidang = make_unit(parent=dinas_a, name="Bidang Pelayanan", kind=UnitKind.FIELD)
    seksi = make_unit(parent=bidang, name="Seksi Perizinan Usaha")
    dinas_b = make_unit(parent=root, name="Dinas Sosial", kind=UnitKind.DEPARTMENT, pd=True)
    bkd_unit = make_unit(parent=root, name="BKPSDM", kind=UnitKind.AGENCY, pd=True)
    chief = make_position(name="Kepala Dinas", kind=PositionKind.JPT)
    section_head = make_position(name="Kepala Seksi", kind=PositionKind.PENGAWAS)
    head = make_person(unit=dinas_a, name="Hendra Gunawan", is_head=True, position=chief, gender=Gender.MALE)
    superior = make_person(
        unit=seksi, name="Dedi Kurnia", is_head=True, position=section_head, superior=head, gender=Gender.MALE
    )
    staff = make_person(unit=seksi, name="Rina Marlina", superior=superior)
    officer = make_person(unit=dinas_a, name="Yanti Oktavia", superior=head)
    other_officer = make_person(unit=dinas_b, name="Bambang Susanto", gender=Gender.MALE)
    bkd = make_person(unit=bkd_unit, name="Lilis Suryani")
    committee = make_person(unit=bkd_unit, name="Ujang Permana", gender=Gender.MALE)
    inspector = make_person(unit=root, name="Tuti Alawiyah")
    users = [make_user(p) for p in (staff, superior, officer, head, other_officer, bkd, committee, inspector)]
    cast = Cast(root, dinas_a, bidang, seksi, dinas_b, bkd_unit, *users)
    grant(cast.officer, Role.UNIT_OFFICER, dinas_a)
    grant(cast.head, Role.UNIT_HEAD, dinas_a)
    grant(cast.other_officer, Role.UNIT_OFFICER, dinas_b)
    grant(cast.bkd, Role.BKD_ADMIN, root)
    grant(cast.committee, Role.TALENT_COMMITTEE, root)
    grant(cast.inspector, Role.INSPECTOR, root)
    return cast
