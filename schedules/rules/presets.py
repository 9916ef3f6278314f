"""Decrees that regions have used, as parameters one click away. Every value can be edited afterwards.

A preset is a starting point, not the law: where a published text is not known in full, the parameter is the
reading written in `docs/regulations.md` and the legal desk confirms it before the policy applies.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from .findings import gettext_noop

THURSDAY, FRIDAY = 4, 5

STRUCTURAL_ECHELONS = ["II", "III", "IV"]
"""Echelons left out of the 2026 Friday scheme in regencies and cities (SE Mendagri 800.1.5/3349/SJ)."""

FRONT_SERVICES = ["DISTRICT", "HEALTH_CENTRE", "HOSPITAL", "SCHOOL", "VILLAGE"]
"""Kinds of units whose whole work is service on the spot."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Preset:
    """A named set of parameters with the document it comes from. `parameters` is the stored JSON form."""

    key: str
    title: str
    note: str
    number: str
    legal_basis: str
    parameters: Mapping[str, Any] = field(default_factory=dict)


PRESETS: tuple[Preset, ...] = (
    Preset(
        key="jabar_5050",
        title=gettext_noop("Jawa Barat 50:50 (December 2025)"),
        note=gettext_noop(
            "At most half of each perangkat daerah at home; units with direct service stay at the office."
        ),
        number="SE 150/KPG.03/BKD",
        legal_basis="Surat Edaran Sekretaris Daerah Provinsi Jawa Barat 150/KPG.03/BKD",
        parameters={
            "ratio_percent": 50,
            "ratio_scope": "PERANGKAT_DAERAH",
            "max_days_per_week": 3,
            "max_consecutive": 3,
            "min_office_days_per_week": 2,
            "exclude_direct_service": True,
            "daily_target_before": True,
            "report_duty": "MONTHLY",
        },
    ),
    Preset(
        key="jabar_thursday",
        title=gettext_noop("Jawa Barat Thursday trial (November 2025)"),
        note=gettext_noop("Everybody at home every Thursday; units with direct service stay at the office."),
        number="SE 150/KPG.03/BKD",
        legal_basis="Surat Edaran Sekretaris Daerah Provinsi Jawa Barat 150/KPG.03/BKD",
        parameters={
            "ratio_percent": 100,
            "ratio_scope": "PERANGKAT_DAERAH",
            "fixed_weekdays": [THURSDAY],
            "fixed_days_for_everyone": True,
            "max_days_per_week": 1,
            "max_consecutive": None,
            "min_office_days_per_week": 4,
            "min_tenure_months": 0,
            "min_predikat": None,
            "exclude_direct_service": True,
            "daily_target_before": True,
            "report_duty": "MONTHLY",
        },
    ),
    Preset(
        key="national_friday",
        title=gettext_noop("National Friday (SE 3/2026)"),
        note=gettext_noop("Office from Monday to Thursday, home on Friday; structural officials and services stay."),
        number="SE MenPANRB 3/2026",
        legal_basis="SE MenPANRB 3/2026; SE Mendagri 800.1.5/3349/SJ",
        parameters={
            "ratio_percent": 100,
            "ratio_scope": "PERANGKAT_DAERAH",
            "fixed_weekdays": [FRIDAY],
            "fixed_days_for_everyone": True,
            "max_days_per_week": 1,
            "max_consecutive": None,
            "min_office_days_per_week": 4,
            "min_tenure_months": 0,
            "min_predikat": None,
            "excluded_echelons": STRUCTURAL_ECHELONS,
            "excluded_unit_kinds": FRONT_SERVICES,
            "response_minutes": 5,
            "report_duty": "MONTHLY",
        },
    ),
    Preset(
        key="panrb_two_days",
        title=gettext_noop("PermenPANRB 4/2025: two days a week"),
        note=gettext_noop("Up to two home days a week for those who meet the criteria, half of each unit at most."),
        number="PermenPANRB 4/2025",
        legal_basis="Peraturan Menteri PANRB 4/2025",
        parameters={
            "ratio_percent": 50,
            "ratio_scope": "EVERY_UNIT",
            "max_days_per_week": 2,
            "max_consecutive": 2,
            "min_office_days_per_week": 3,
            "min_tenure_months": 12,
            "min_predikat": "BAIK",
            "discipline": "IN_FORCE_OR_PROCESS",
            "report_duty": "MONTHLY",
        },
    ),
    Preset(
        key="karawang_box9",
        title=gettext_noop("Karawang: reward of box 9"),
        note=gettext_noop("Only those in box 9 who ask for it: three days at the office, three at home, in turn."),
        number="Karawang 2025",
        legal_basis="Kebijakan manajemen talenta Kabupaten Karawang 2025",
        parameters={
            "ratio_percent": 50,
            "ratio_scope": "PERANGKAT_DAERAH",
            "box9_mode": "ROLLING_3_3",
            "box9_boxes": [9],
            "box9_after": "ENDS",
            "box9_exempt_from_limits": False,
            "only_reward": True,
            "max_days_per_week": 3,
            "max_consecutive": 3,
            "min_office_days_per_week": 2,
        },
    ),
    Preset(
        key="dki_2020",
        title=gettext_noop("DKI Jakarta 2020: categories"),
        note=gettext_noop(
            "Half at the office; over 50, pregnant, breastfeeding, health watch and travel come first or must."
        ),
        number="SE Gubernur 2/SE/2020",
        legal_basis="SE Gubernur DKI Jakarta 2/SE/2020; SE Sekda 62/SE/2020",
        parameters={
            "ratio_percent": 50,
            "ratio_scope": "EVERY_UNIT",
            "max_days_per_week": 5,
            "max_consecutive": 5,
            "min_office_days_per_week": 0,
            "min_tenure_months": 0,
            "min_predikat": None,
            "categories": [
                {"category": "AGE", "treatment": "PRIORITY", "entered_by": "OFFICER"},
                {"category": "PREGNANT", "treatment": "MANDATORY", "entered_by": "OFFICER"},
                {"category": "BREASTFEEDING", "treatment": "PRIORITY", "entered_by": "OFFICER"},
                {"category": "HEALTH_WATCH", "treatment": "MANDATORY", "entered_by": "OFFICER"},
                {"category": "TRAVEL_ABROAD", "treatment": "MANDATORY", "entered_by": "OFFICER"},
            ],
            "age_over": 50,
            "travel_days": 14,
            "report_duty": "DAILY",
        },
    ),
    Preset(
        key="permanent_wfa",
        title=gettext_noop("Permanent WFA for analysed positions"),
        note=gettext_noop("Positions analysed as workable from anywhere are permanent; everybody else has no WFH."),
        number="Jawa Barat 2022",
        legal_basis="Kajian jabatan WFA BKD Provinsi Jawa Barat 2022; Perpres 21/2023 Pasal 8",
        parameters={
            "ratio_percent": 0,
            "permanent_wfa": True,
            "permanent_counts_in_ratio": False,
            "max_days_per_week": 0,
            "min_office_days_per_week": 0,
            "max_consecutive": None,
        },
    ),
)

BY_KEY: Mapping[str, Preset] = {preset.key: preset for preset in PRESETS}
