"""The words of a WFH policy on the page: labels, hints and choices of every parameter."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from personnel.models import UnitKind

WEEKDAY_NAMES = [
    (1, _("Monday")),
    (2, _("Tuesday")),
    (3, _("Wednesday")),
    (4, _("Thursday")),
    (5, _("Friday")),
    (6, _("Saturday")),
    (7, _("Sunday")),
]

LABELS: dict[str, Any] = {
    "ratio_percent": _("At most at home at a time, percent"),
    "ratio_base": _("Counted of"),
    "ratio_scope": _("Counted in"),
    "fixed_weekdays": _("WFH only on"),
    "fixed_days_for_everyone": _("On these weekdays everybody works from home"),
    "blocked_weekdays": _("Everybody at the office on"),
    "blocked_dates": _("Days on which everybody comes to the office"),
    "max_days_per_week": _("Home days a week, at most"),
    "max_consecutive": _("Home days in a row, at most"),
    "min_office_days_per_week": _("Office days a week, at least"),
    "guaranteed_days_per_month": _("Home days a month, guaranteed"),
    "min_office_heads": _("People at the office, at least"),
    "min_office_percent": _("Share at the office, at least percent"),
    "exclude_direct_service": _("Units with direct public service"),
    "exclude_shift_work": _("Units that work in shifts"),
    "exclude_unit_heads": _("Heads of units"),
    "excluded_unit_kinds": _("Kinds of units left out"),
    "excluded_echelons": _("Echelons left out"),
    "min_tenure_months": _("Months of service, at least"),
    "min_predikat": _("Performance predikat, at least"),
    "predikat_required": _("A predikat must be on record"),
    "discipline": _("Discipline bars WFH"),
    "category_AGE": _("Over the age below"),
    "category_PREGNANT": _("Pregnant"),
    "category_BREASTFEEDING": _("Breastfeeding"),
    "category_HEALTH_WATCH": _("Under health watch"),
    "category_TRAVEL_ABROAD": _("Back from travel abroad"),
    "age_over": _("Age in years"),
    "travel_days": _("Days after travel abroad"),
    "mandatory_before_exclusions": _("Home as a duty outranks the exclusions"),
    "permanent_wfa": _("Analysed positions work from anywhere for good"),
    "permanent_counts_in_ratio": _("They count in the ratio"),
    "box9_mode": _("Reward of box 9"),
    "box9_exempt_from_limits": _("The pattern outranks the weekly limits"),
    "box9_after": _("When a new talent period is published"),
    "only_reward": _("Only the reward opens WFH"),
    "report_duty": _("Report to BKD"),
    "daily_target_before": _("Target for a home day is set the day before"),
    "response_minutes": _("Reachable at home within, minutes"),
    "submission_days_before": _("Schedule due, days before the month"),
}
HELP: dict[str, Any] = {
    "ratio_percent": _("Rounded down: half of five is two."),
    "max_consecutive": _("Empty: no limit."),
    "blocked_dates": _("One day a line: 2026-12-07 Apel"),
    "response_minutes": _("Empty: not asked."),
    "fixed_weekdays": _("None ticked: every working day."),
    "box9_exempt_from_limits": _("Home days a week and in a row do not bind it."),
}
CHOICES: dict[str, Any] = {
    "ratio_base": [("PRESENT", _("those present that day")), ("ROSTER", _("everybody on the list"))],
    "ratio_scope": [
        ("EVERY_UNIT", _("the perangkat daerah and each smallest unit")),
        ("PERANGKAT_DAERAH", _("the perangkat daerah as a whole")),
    ],
    "excluded_unit_kinds": [(k.value, k.label) for k in UnitKind if k.value not in ("INSTITUTION", "FIELD", "SECTION")],
    "excluded_echelons": [("I", "I"), ("II", "II"), ("III", "III"), ("IV", "IV")],
    "min_predikat": [
        ("SANGAT_BAIK", "Sangat baik"),
        ("BAIK", "Baik"),
        ("BUTUH_PERBAIKAN", "Butuh perbaikan"),
        ("KURANG", "Kurang"),
        ("SANGAT_KURANG", "Sangat kurang"),
    ],
    "discipline": [
        ("NONE", _("never")),
        ("IN_FORCE", _("while a sanction is in force")),
        ("IN_FORCE_OR_PROCESS", _("while a sanction is in force or a case is under way")),
    ],
    "treatment": {
        "MANDATORY": _("works from home"),
        "PRIORITY": _("comes first"),
        "CONSIDER": _("is weighed by the head"),
    },
    "box9_mode": [
        ("NONE", _("none")),
        ("ROLLING_3_3", _("three days office, three days home, in turn")),
        ("WEEKS_IN_TURN", _("one week 3 home 2 office, the next 2 and 3")),
        ("FIXED_3_2", _("3 office and 2 home days every week")),
    ],
    "box9_after": [
        ("ENDS", _("ends; to be asked for again")),
        ("KEPT_WHILE_IN_BOX", _("stays while the person is in the box")),
        ("KEPT_UNTIL_MONTH_END", _("stays to the end of the month")),
    ],
    "report_duty": [("NONE", _("none")), ("DAILY", _("every day")), ("MONTHLY", _("every month"))],
}
STATES: dict[str, tuple[str, Any]] = {
    "MISSING": ("no", _("not made yet")),
    "DRAFT": ("wait", _("draft")),
    "SUBMITTED": ("info", _("submitted")),
    "RETURNED": ("no", _("returned")),
    "RATIFIED": ("ok", _("ratified")),
    "SUPERSEDED": ("off", _("superseded")),
    "WITHDRAWN": ("off", _("withdrawn")),
}
