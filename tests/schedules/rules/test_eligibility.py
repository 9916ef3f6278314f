"""Who may, must or may not work from home: one named case per line."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from schedules.rules.eligibility import verdict, verdicts
from schedules.rules.person_facts import (
    Answer,
    BoxChoice,
    BoxFact,
    CategoryFact,
    DisciplineFact,
    ExceptionFact,
    PersonFacts,
    Span,
    UnitFact,
)
from schedules.rules.policy import Category, EmploymentKind, Layer, Predikat, merge, read_parameters
from schedules.rules.verdicts import Rule

WED = date(2026, 12, 2)
THU = date(2026, 12, 3)
FRI = date(2026, 12, 4)
MON = date(2026, 12, 7)
START = date(2026, 1, 1)

OWN, BIDANG, DINAS = 30, 20, 10


def policy(**parameters):
    """The institution's document with these stored parameters, in force since January."""
    values, findings = read_parameters(parameters)
    assert findings == []
    layer = Layer(depth=0, place="Kab", number="SE 1/2026", legal_basis="SE Bupati", starts_on=START, values=values)
    return merge([layer], WED)


def units(**own):
    return (UnitFact(unit_id=OWN, **own), UnitFact(unit_id=BIDANG), UnitFact(unit_id=DINAS, kind="DINAS"))


STAFF = PersonFacts(
    person_id=1,
    units=units(),
    employment=EmploymentKind.PNS,
    born_on=date(1990, 5, 17),
    serving_since=date(2015, 3, 1),
    position_kind="PELAKSANA",
    predikat=Predikat.BAIK,
)


def staff(**changes):
    return replace(STAFF, **changes)


def categories(*rows):
    return [{"category": c, "treatment": t, "entered_by": "OFFICER"} for c, t in rows]


def recorded(category, starts_on=date(2026, 11, 1), ends_on=None):
    return (CategoryFact(category=category, starts_on=starts_on, ends_on=ends_on),)


def granted(answer, starts_on=START, ends_on=None, granted_on=date(2026, 11, 20), by="Kepala BKD"):
    return ExceptionFact(answer=answer, starts_on=starts_on, ends_on=ends_on, granted_by=by, granted_on=granted_on)


BOX9 = (BoxFact(box=9, published_on=date(2026, 7, 1)),)
ASKED = (BoxChoice(starts_on=date(2026, 7, 15)),)
LEFT_BOX = (*BOX9, BoxFact(box=8, published_on=date(2026, 12, 1)))
STAYED = (*BOX9, BoxFact(box=9, published_on=date(2026, 12, 1)))
REWARD = {"box9_mode": "ROLLING_3_3", "max_consecutive": 3, "max_days_per_week": 3}
THURSDAY = {"fixed_weekdays": [4], "fixed_days_for_everyone": True, "ratio_percent": 100}
WFA = (Span(starts_on=date(2026, 6, 1)),)

CASES = [
    # the general ratio
    ("an ordinary employee may", {}, {}, WED, "MAY", "RATIO"),
    ("ratio 0 leaves nobody home", {}, {"ratio_percent": 0}, WED, "MAY_NOT", "RATIO_ZERO"),
    ("no home days a week leaves nobody home", {}, {"max_days_per_week": 0}, WED, "MAY_NOT", "RATIO_ZERO"),
    ("ratio 1 percent is still may", {}, {"ratio_percent": 1}, WED, "MAY", "RATIO"),
    ("ratio 100 percent alone is no duty", {}, {"ratio_percent": 100}, WED, "MAY", "RATIO"),
    # service
    ("without appointment may not", {"units": ()}, {}, WED, "MAY_NOT", "NOT_IN_SERVICE"),
    ("without employment may not", {"employment": None}, {}, WED, "MAY_NOT", "NOT_IN_SERVICE"),
    (
        "no exception helps without appointment",
        {"units": (), "exceptions": (granted(Answer.MAY),)},
        {},
        WED,
        "MAY_NOT",
        "NOT_IN_SERVICE",
    ),
    # exceptions
    ("an exception may forbid", {"exceptions": (granted(Answer.MAY_NOT),)}, {}, WED, "MAY_NOT", "EXCEPTION"),
    ("an exception may oblige", {"exceptions": (granted(Answer.MUST),)}, {}, WED, "MUST", "EXCEPTION"),
    (
        "an exception may make permanent",
        {"exceptions": (granted(Answer.PERMANENT),)},
        {},
        WED,
        "PERMANENT",
        "EXCEPTION",
    ),
    (
        "an exception opens an excluded unit",
        {"units": units(direct_service=True), "exceptions": (granted(Answer.MAY),)},
        {},
        WED,
        "MAY",
        "EXCEPTION",
    ),
    (
        "an exception of yesterday is over",
        {"exceptions": (granted(Answer.MAY_NOT, ends_on=WED - timedelta(days=1)),)},
        {},
        WED,
        "MAY",
        "RATIO",
    ),
    (
        "an exception holds on its last day",
        {"exceptions": (granted(Answer.MAY_NOT, ends_on=WED),)},
        {},
        WED,
        "MAY_NOT",
        "EXCEPTION",
    ),
    (
        "an exception holds on its first day",
        {"exceptions": (granted(Answer.MUST, starts_on=WED),)},
        {},
        WED,
        "MUST",
        "EXCEPTION",
    ),
    (
        "an exception of tomorrow waits",
        {"exceptions": (granted(Answer.MUST, starts_on=WED + timedelta(days=1)),)},
        {},
        WED,
        "MAY",
        "RATIO",
    ),
    (
        "of two exceptions the one granted last wins",
        {"exceptions": (granted(Answer.MUST, granted_on=date(2026, 11, 25)), granted(Answer.MAY_NOT))},
        {},
        WED,
        "MUST",
        "EXCEPTION",
    ),
    (
        "an exception outranks a mandatory category",
        {"exceptions": (granted(Answer.MAY_NOT),), "categories": recorded(Category.PREGNANT)},
        {"categories": categories(("PREGNANT", "MANDATORY"))},
        WED,
        "MAY_NOT",
        "EXCEPTION",
    ),
    # mandatory categories
    (
        "a mandatory health category must",
        {"categories": recorded(Category.HEALTH_WATCH)},
        {"categories": categories(("HEALTH_WATCH", "MANDATORY"))},
        WED,
        "MUST",
        "CATEGORY_MANDATORY",
    ),
    (
        "pregnant where mandatory must",
        {"categories": recorded(Category.PREGNANT)},
        {"categories": categories(("PREGNANT", "MANDATORY"))},
        WED,
        "MUST",
        "CATEGORY_MANDATORY",
    ),
    (
        "breastfeeding where mandatory must",
        {"categories": recorded(Category.BREASTFEEDING)},
        {"categories": categories(("BREASTFEEDING", "MANDATORY"))},
        WED,
        "MUST",
        "CATEGORY_MANDATORY",
    ),
    (
        "a category the policy does not name is silent",
        {"categories": recorded(Category.PREGNANT)},
        {},
        WED,
        "MAY",
        "RATIO",
    ),
    (
        "a category whose days are over is silent",
        {"categories": recorded(Category.HEALTH_WATCH, ends_on=date(2026, 12, 1))},
        {"categories": categories(("HEALTH_WATCH", "MANDATORY"))},
        WED,
        "MAY",
        "RATIO",
    ),
    (
        "a category holds on its last day",
        {"categories": recorded(Category.HEALTH_WATCH, ends_on=WED)},
        {"categories": categories(("HEALTH_WATCH", "MANDATORY"))},
        WED,
        "MUST",
        "CATEGORY_MANDATORY",
    ),
    (
        "a category of tomorrow is silent",
        {"categories": recorded(Category.PREGNANT, starts_on=THU)},
        {"categories": categories(("PREGNANT", "MANDATORY"))},
        WED,
        "MAY",
        "RATIO",
    ),
    (
        "another category than the named one is silent",
        {"categories": recorded(Category.BREASTFEEDING)},
        {"categories": categories(("PREGNANT", "MANDATORY"))},
        WED,
        "MAY",
        "RATIO",
    ),
    (
        "a priority category does not oblige",
        {"categories": recorded(Category.PREGNANT)},
        {"categories": categories(("PREGNANT", "PRIORITY"))},
        WED,
        "MAY",
        "RATIO",
    ),
    (
        "a priority category opens nothing where the ratio is 0",
        {"categories": recorded(Category.PREGNANT)},
        {"categories": categories(("PREGNANT", "PRIORITY")), "ratio_percent": 0},
        WED,
        "MAY_NOT",
        "RATIO_ZERO",
    ),
    (
        "a considered category does not oblige",
        {"categories": recorded(Category.PREGNANT)},
        {"categories": categories(("PREGNANT", "CONSIDER"))},
        WED,
        "MAY",
        "RATIO",
    ),
    (
        "protection outranks discipline",
        {"categories": recorded(Category.PREGNANT), "discipline": (DisciplineFact(starts_on=START),)},
        {"categories": categories(("PREGNANT", "MANDATORY"))},
        WED,
        "MUST",
        "CATEGORY_MANDATORY",
    ),
    (
        "protection outranks direct service",
        {"categories": recorded(Category.PREGNANT), "units": units(direct_service=True)},
        {"categories": categories(("PREGNANT", "MANDATORY"))},
        WED,
        "MUST",
        "CATEGORY_MANDATORY",
    ),
    (
        "unless the decree puts exclusions first",
        {"categories": recorded(Category.PREGNANT), "units": units(direct_service=True)},
        {"categories": categories(("PREGNANT", "MANDATORY")), "mandatory_before_exclusions": False},
        WED,
        "MAY_NOT",
        "DIRECT_SERVICE",
    ),
    (
        "with exclusions first the category still obliges the others",
        {"categories": recorded(Category.PREGNANT)},
        {"categories": categories(("PREGNANT", "MANDATORY")), "mandatory_before_exclusions": False},
        WED,
        "MUST",
        "CATEGORY_LATE",
    ),
    (
        "protection outranks a closed day",
        {"categories": recorded(Category.HEALTH_WATCH)},
        {"categories": categories(("HEALTH_WATCH", "MANDATORY")), "blocked_weekdays": [3]},
        WED,
        "MUST",
        "CATEGORY_MANDATORY",
    ),
    # age
    (
        "over 50 where mandatory must",
        {"born_on": date(1970, 1, 1)},
        {"categories": categories(("AGE", "MANDATORY"))},
        WED,
        "MUST",
        "CATEGORY_MANDATORY",
    ),
    (
        "on the 50th birthday not yet over 50",
        {"born_on": date(1976, 12, 2)},
        {"categories": categories(("AGE", "MANDATORY"))},
        WED,
        "MAY",
        "RATIO",
    ),
    (
        "the day after the 50th birthday over 50",
        {"born_on": date(1976, 12, 1)},
        {"categories": categories(("AGE", "MANDATORY"))},
        WED,
        "MUST",
        "CATEGORY_MANDATORY",
    ),
    (
        "the age limit is a parameter",
        {"born_on": date(1970, 1, 1)},
        {"categories": categories(("AGE", "MANDATORY")), "age_over": 57},
        WED,
        "MAY",
        "RATIO",
    ),
    (
        "an unknown birth date obliges nobody",
        {"born_on": None},
        {"categories": categories(("AGE", "MANDATORY"))},
        WED,
        "MAY",
        "RATIO",
    ),
    # travel
    (
        "back yesterday must",
        {"categories": recorded(Category.TRAVEL_ABROAD, ends_on=date(2026, 12, 1))},
        {"categories": categories(("TRAVEL_ABROAD", "MANDATORY"))},
        WED,
        "MUST",
        "CATEGORY_MANDATORY",
    ),
    (
        "the 14th day after return still counts",
        {"categories": recorded(Category.TRAVEL_ABROAD, ends_on=date(2026, 11, 18))},
        {"categories": categories(("TRAVEL_ABROAD", "MANDATORY"))},
        WED,
        "MUST",
        "CATEGORY_MANDATORY",
    ),
    (
        "the 15th day after return is free",
        {"categories": recorded(Category.TRAVEL_ABROAD, ends_on=date(2026, 11, 17))},
        {"categories": categories(("TRAVEL_ABROAD", "MANDATORY"))},
        WED,
        "MAY",
        "RATIO",
    ),
    (
        "the day of return itself is still travel",
        {"categories": recorded(Category.TRAVEL_ABROAD, ends_on=WED)},
        {"categories": categories(("TRAVEL_ABROAD", "MANDATORY"))},
        WED,
        "MAY",
        "RATIO",
    ),
    (
        "the days after travel are a parameter",
        {"categories": recorded(Category.TRAVEL_ABROAD, ends_on=date(2026, 11, 18))},
        {"categories": categories(("TRAVEL_ABROAD", "MANDATORY")), "travel_days": 7},
        WED,
        "MAY",
        "RATIO",
    ),
    # discipline
    (
        "a sanction in force may not",
        {"discipline": (DisciplineFact(starts_on=START),)},
        {},
        WED,
        "MAY_NOT",
        "DISCIPLINE",
    ),
    (
        "a sanction that ended yesterday is over",
        {"discipline": (DisciplineFact(starts_on=START, ends_on=date(2026, 12, 1)),)},
        {},
        WED,
        "MAY",
        "RATIO",
    ),
    (
        "a sanction binds on its last day",
        {"discipline": (DisciplineFact(starts_on=START, ends_on=WED),)},
        {},
        WED,
        "MAY_NOT",
        "DISCIPLINE",
    ),
    (
        "a case under way bars by default",
        {"discipline": (DisciplineFact(starts_on=START, in_process=True),)},
        {},
        WED,
        "MAY_NOT",
        "DISCIPLINE",
    ),
    (
        "a case under way does not bar where only sanctions do",
        {"discipline": (DisciplineFact(starts_on=START, in_process=True),)},
        {"discipline": "IN_FORCE"},
        WED,
        "MAY",
        "RATIO",
    ),
    (
        "a sanction bars where only sanctions do",
        {"discipline": (DisciplineFact(starts_on=START),)},
        {"discipline": "IN_FORCE"},
        WED,
        "MAY_NOT",
        "DISCIPLINE",
    ),
    (
        "discipline may be left out of the policy",
        {"discipline": (DisciplineFact(starts_on=START),)},
        {"discipline": "NONE"},
        WED,
        "MAY",
        "RATIO",
    ),
    (
        "discipline outranks a permanent position",
        {"discipline": (DisciplineFact(starts_on=START),), "workable_anywhere": WFA},
        {"permanent_wfa": True},
        WED,
        "MAY_NOT",
        "DISCIPLINE",
    ),
    # units and posts
    ("direct service stays at the office", {"units": units(direct_service=True)}, {}, WED, "MAY_NOT", "DIRECT_SERVICE"),
    (
        "direct service may be opened",
        {"units": units(direct_service=True)},
        {"exclude_direct_service": False},
        WED,
        "MAY",
        "RATIO",
    ),
    ("shift work stays at the office", {"units": units(shift_work=True)}, {}, WED, "MAY_NOT", "SHIFT_WORK"),
    ("shift work may be opened", {"units": units(shift_work=True)}, {"exclude_shift_work": False}, WED, "MAY", "RATIO"),
    (
        "direct service above does not bind a unit that overrides it",
        {"units": (UnitFact(unit_id=OWN), UnitFact(unit_id=DINAS, direct_service=True))},
        {},
        WED,
        "MAY",
        "RATIO",
    ),
    ("a unit excluded by name", {}, {"excluded_units": [OWN]}, WED, "MAY_NOT", "UNIT_EXCLUDED"),
    ("a unit above excluded by name", {}, {"excluded_units": [DINAS]}, WED, "MAY_NOT", "UNIT_EXCLUDED"),
    ("another unit excluded by name", {}, {"excluded_units": [99]}, WED, "MAY", "RATIO"),
    (
        "a kind of unit excluded",
        {"units": units(kind="PUSKESMAS")},
        {"excluded_unit_kinds": ["PUSKESMAS"]},
        WED,
        "MAY_NOT",
        "UNIT_KIND",
    ),
    ("a kind of unit above excluded", {}, {"excluded_unit_kinds": ["DINAS"]}, WED, "MAY_NOT", "UNIT_KIND"),
    (
        "heads stay where the policy says so",
        {"is_unit_head": True},
        {"exclude_unit_heads": True},
        WED,
        "MAY_NOT",
        "UNIT_HEAD",
    ),
    ("heads may where the policy is silent", {"is_unit_head": True}, {}, WED, "MAY", "RATIO"),
    ("echelon III excluded", {"echelon": "III"}, {"excluded_echelons": ["II", "III"]}, WED, "MAY_NOT", "ECHELON"),
    (
        "echelon III.a falls under III",
        {"echelon": "III.a"},
        {"excluded_echelons": ["II", "III"]},
        WED,
        "MAY_NOT",
        "ECHELON",
    ),
    ("echelon IV is not III", {"echelon": "IV.a"}, {"excluded_echelons": ["II", "III"]}, WED, "MAY", "RATIO"),
    ("without echelon nothing is excluded", {}, {"excluded_echelons": ["II", "III", "IV"]}, WED, "MAY", "RATIO"),
    (
        "a kind of position excluded",
        {"position_kind": "JPT"},
        {"excluded_position_kinds": ["JPT"]},
        WED,
        "MAY_NOT",
        "POSITION_KIND",
    ),
    ("another kind of position", {}, {"excluded_position_kinds": ["JPT"]}, WED, "MAY", "RATIO"),
    (
        "part-time PPPK left out",
        {"employment": EmploymentKind.PPPK_PARUH_WAKTU},
        {"employment_kinds": ["PNS", "PPPK"]},
        WED,
        "MAY_NOT",
        "EMPLOYMENT",
    ),
    ("PPPK let in", {"employment": EmploymentKind.PPPK}, {"employment_kinds": ["PNS", "PPPK"]}, WED, "MAY", "RATIO"),
    # closed days
    (
        "a pleno closes the day",
        {},
        {"blocked_dates": [{"day": "2026-12-02", "label": "Pleno"}]},
        WED,
        "MAY_NOT",
        "CLOSED_DAY",
    ),
    (
        "the day after the pleno is open",
        {},
        {"blocked_dates": [{"day": "2026-12-02", "label": "Pleno"}]},
        THU,
        "MAY",
        "RATIO",
    ),
    ("Monday apel closes Mondays", {}, {"blocked_weekdays": [1]}, MON, "MAY_NOT", "CLOSED_DAY"),
    ("Monday apel leaves Thursday", {}, {"blocked_weekdays": [1]}, THU, "MAY", "RATIO"),
    (
        "a closed day does not bind a permanent position",
        {"workable_anywhere": WFA},
        {"permanent_wfa": True, "blocked_weekdays": [3]},
        WED,
        "PERMANENT",
        "PERMANENT_POSITION",
    ),
    # permanent
    (
        "an analysed position is permanent",
        {"workable_anywhere": WFA},
        {"permanent_wfa": True},
        WED,
        "PERMANENT",
        "PERMANENT_POSITION",
    ),
    ("an analysed position without the policy is ordinary", {"workable_anywhere": WFA}, {}, WED, "MAY", "RATIO"),
    (
        "the analysis starts tomorrow",
        {"workable_anywhere": (Span(starts_on=THU),)},
        {"permanent_wfa": True},
        WED,
        "MAY",
        "RATIO",
    ),
    (
        "the analysis ended yesterday",
        {"workable_anywhere": (Span(starts_on=START, ends_on=date(2026, 12, 1)),)},
        {"permanent_wfa": True},
        WED,
        "MAY",
        "RATIO",
    ),
    (
        "direct service outranks a permanent position",
        {"workable_anywhere": WFA, "units": units(direct_service=True)},
        {"permanent_wfa": True},
        WED,
        "MAY_NOT",
        "DIRECT_SERVICE",
    ),
    (
        "a permanent position needs no tenure",
        {"workable_anywhere": WFA, "serving_since": date(2026, 11, 1)},
        {"permanent_wfa": True},
        WED,
        "PERMANENT",
        "PERMANENT_POSITION",
    ),
    (
        "permanent where nobody else has WFH",
        {"workable_anywhere": WFA},
        {"permanent_wfa": True, "ratio_percent": 0},
        WED,
        "PERMANENT",
        "PERMANENT_POSITION",
    ),
    # tenure and predikat
    ("11 months of service are too few", {"serving_since": date(2026, 1, 1)}, {}, WED, "MAY_NOT", "TENURE"),
    ("12 months to the day are enough", {"serving_since": date(2025, 12, 2)}, {}, WED, "MAY", "RATIO"),
    ("a day short of 12 months is too few", {"serving_since": date(2025, 12, 3)}, {}, WED, "MAY_NOT", "TENURE"),
    ("tenure 0 lets everybody in", {"serving_since": date(2026, 12, 1)}, {"min_tenure_months": 0}, WED, "MAY", "RATIO"),
    ("unknown start of service is not held against anybody", {"serving_since": None}, {}, WED, "MAY", "RATIO"),
    ("predikat butuh perbaikan is too low", {"predikat": Predikat.BUTUH_PERBAIKAN}, {}, WED, "MAY_NOT", "PREDIKAT"),
    ("predikat baik is enough", {"predikat": Predikat.BAIK}, {}, WED, "MAY", "RATIO"),
    ("predikat sangat baik is enough", {"predikat": Predikat.SANGAT_BAIK}, {}, WED, "MAY", "RATIO"),
    (
        "predikat baik is too low where sangat baik is asked",
        {},
        {"min_predikat": "SANGAT_BAIK"},
        WED,
        "MAY_NOT",
        "PREDIKAT",
    ),
    (
        "predikat may be left out of the policy",
        {"predikat": Predikat.SANGAT_KURANG},
        {"min_predikat": None},
        WED,
        "MAY",
        "RATIO",
    ),
    ("no predikat on record is not held against anybody", {"predikat": None}, {}, WED, "MAY", "RATIO"),
    ("unless the policy requires one", {"predikat": None}, {"predikat_required": True}, WED, "MAY_NOT", "PREDIKAT"),
    (
        "tenure speaks before predikat",
        {"serving_since": date(2026, 11, 1), "predikat": Predikat.KURANG},
        {},
        WED,
        "MAY_NOT",
        "TENURE",
    ),
    # the reward
    ("box 9 who asked for it follows the pattern", {"boxes": BOX9, "box_choices": ASKED}, REWARD, WED, "MAY", "REWARD"),
    ("box 9 who did not ask is ordinary", {"boxes": BOX9}, REWARD, WED, "MAY", "RATIO"),
    (
        "asking without box 9 changes nothing",
        {"boxes": (BoxFact(box=8, published_on=date(2026, 7, 1)),), "box_choices": ASKED},
        REWARD,
        WED,
        "MAY",
        "RATIO",
    ),
    (
        "box 9 without the reward in the policy is ordinary",
        {"boxes": BOX9, "box_choices": ASKED},
        {},
        WED,
        "MAY",
        "RATIO",
    ),
    (
        "opted out from today",
        {"boxes": BOX9, "box_choices": (BoxChoice(starts_on=date(2026, 7, 15), ends_on=date(2026, 12, 1)),)},
        REWARD,
        WED,
        "MAY",
        "RATIO",
    ),
    (
        "other boxes may be rewarded too",
        {"boxes": (BoxFact(box=8, published_on=date(2026, 7, 1)),), "box_choices": ASKED},
        {**REWARD, "box9_boxes": [8, 9]},
        WED,
        "MAY",
        "REWARD",
    ),
    (
        "where only the reward opens WFH others may not",
        {},
        {**REWARD, "only_reward": True},
        WED,
        "MAY_NOT",
        "REWARD_ONLY",
    ),
    (
        "where only the reward opens WFH box 9 may",
        {"boxes": BOX9, "box_choices": ASKED},
        {**REWARD, "only_reward": True},
        WED,
        "MAY",
        "REWARD",
    ),
    (
        "a placement published tomorrow is not yet known",
        {"boxes": (BoxFact(box=9, published_on=THU),), "box_choices": ASKED},
        REWARD,
        WED,
        "MAY",
        "RATIO",
    ),
    ("the reward ends with a new period", {"boxes": STAYED, "box_choices": ASKED}, REWARD, WED, "MAY", "RATIO"),
    (
        "asked anew after the new period",
        {"boxes": STAYED, "box_choices": (BoxChoice(starts_on=date(2026, 12, 1)),)},
        REWARD,
        WED,
        "MAY",
        "REWARD",
    ),
    (
        "kept while in the box over a new period",
        {"boxes": STAYED, "box_choices": ASKED},
        {**REWARD, "box9_after": "KEPT_WHILE_IN_BOX"},
        WED,
        "MAY",
        "REWARD",
    ),
    (
        "lost with the box where kept while in it",
        {"boxes": LEFT_BOX, "box_choices": ASKED},
        {**REWARD, "box9_after": "KEPT_WHILE_IN_BOX"},
        WED,
        "MAY",
        "RATIO",
    ),
    (
        "kept to the end of the month after losing the box",
        {"boxes": LEFT_BOX, "box_choices": ASKED},
        {**REWARD, "box9_after": "KEPT_UNTIL_MONTH_END"},
        date(2026, 12, 31),
        "MAY",
        "REWARD",
    ),
    (
        "gone in the month after losing the box",
        {"boxes": LEFT_BOX, "box_choices": ASKED},
        {**REWARD, "box9_after": "KEPT_UNTIL_MONTH_END"},
        date(2027, 1, 4),
        "MAY",
        "RATIO",
    ),
    (
        "the reward does not open a closed day",
        {"boxes": BOX9, "box_choices": ASKED},
        {**REWARD, "blocked_weekdays": [3]},
        WED,
        "MAY_NOT",
        "CLOSED_DAY",
    ),
    (
        "the reward does not open direct service",
        {"boxes": BOX9, "box_choices": ASKED, "units": units(direct_service=True)},
        REWARD,
        WED,
        "MAY_NOT",
        "DIRECT_SERVICE",
    ),
    (
        "the reward follows its own days, not the fixed ones",
        {"boxes": BOX9, "box_choices": ASKED},
        {**REWARD, "fixed_weekdays": [5]},
        WED,
        "MAY",
        "REWARD",
    ),
    # fixed weekdays
    ("home on Thursday is a duty where everybody is", {}, THURSDAY, THU, "MUST", "FIXED_DAY"),
    ("the other days are office days then", {}, THURSDAY, WED, "MAY_NOT", "OTHER_WEEKDAY"),
    ("a fixed weekday without duty stays a may", {}, {"fixed_weekdays": [5]}, FRI, "MAY", "RATIO"),
    ("a day beside the fixed weekday may not", {}, {"fixed_weekdays": [5]}, THU, "MAY_NOT", "OTHER_WEEKDAY"),
    (
        "direct service stays on the common home day",
        {"units": units(direct_service=True)},
        THURSDAY,
        THU,
        "MAY_NOT",
        "DIRECT_SERVICE",
    ),
    (
        "a permanent position is home on the other days too",
        {"workable_anywhere": WFA},
        {**THURSDAY, "permanent_wfa": True},
        WED,
        "PERMANENT",
        "PERMANENT_POSITION",
    ),
]


@pytest.mark.parametrize(
    ("facts", "parameters", "day", "answer", "rule"), [pytest.param(*case[1:], id=case[0]) for case in CASES]
)
def test_verdict(facts, parameters, day, answer, rule):
    found = verdict(staff(**facts), policy(**parameters), day)

    assert (found.answer, found.deciding.rule) == (Answer(answer), Rule(rule))


def test_case_names_are_different():
    names = [case[0] for case in CASES]
    assert len(set(names)) == len(names)
    assert len(names) >= 80


def test_without_a_policy_nobody_works_from_home():
    found = verdict(STAFF, None, WED)

    assert (found.answer, found.deciding.rule, found.others) == (Answer.MAY_NOT, Rule.NO_POLICY, ())


def test_every_rule_that_spoke_is_kept_in_order_of_rank():
    blocked = staff(
        units=units(direct_service=True),
        discipline=(DisciplineFact(starts_on=START),),
        serving_since=date(2026, 11, 1),
        predikat=Predikat.KURANG,
    )

    found = verdict(blocked, policy(blocked_weekdays=[3]), WED)

    assert found.deciding.rule == Rule.DISCIPLINE
    assert [voice.rule for voice in found.others] == [
        Rule.DIRECT_SERVICE,
        Rule.CLOSED_DAY,
        Rule.TENURE,
        Rule.PREDIKAT,
        Rule.RATIO,
    ]


def test_the_sentence_names_value_and_limit_and_the_document():
    found = verdict(staff(serving_since=date(2026, 7, 2)), policy(), WED)

    assert str(found.deciding.sentence) == "In service for 5 months; 12 are needed."
    assert found.deciding.basis == "SE 1/2026 · SE Bupati"


def test_the_document_of_the_unit_is_named_where_it_decides():
    above = Layer(depth=0, place="Kab", number="SE 1", legal_basis="", starts_on=START)
    below = Layer(
        depth=1, place="Dinas", number="SK 7", legal_basis="", starts_on=START, values={"excluded_units": (OWN,)}
    )

    found = verdict(STAFF, merge([above, below], WED), WED)

    assert found.deciding.basis == "SK 7"
    assert found.others[0].basis == "SE 1"


def test_an_exception_names_who_granted_it_and_when():
    found = verdict(staff(exceptions=(granted(Answer.MAY, by="Kepala Dinas A"),)), policy(), WED)

    assert str(found.deciding.sentence) == "An exception granted by Kepala Dinas A on 2026-11-20 applies."


def test_priority_is_said_but_does_not_decide():
    named = policy(categories=categories(("AGE", "PRIORITY")))

    older, younger = verdict(staff(born_on=date(1970, 1, 1)), named, WED), verdict(STAFF, named, WED)

    assert (older.has_priority, younger.has_priority) == (True, False)
    assert older.deciding.rule == Rule.RATIO


@pytest.mark.parametrize("category", [Category.PREGNANT, Category.BREASTFEEDING, Category.HEALTH_WATCH])
def test_health_reasons_lose_their_words_without_the_purpose(category):
    named = policy(categories=categories((category, "MANDATORY")))

    shown = verdict(staff(categories=recorded(category)), named, WED).without_health()

    assert shown.answer == Answer.MUST
    assert shown.deciding.rule == Rule.EXCEPTION
    assert shown.deciding.basis == ""
    assert "health" not in str(shown.deciding.sentence)
    assert all(not voice.sensitive for voice in shown.others)


def test_no_sentence_names_the_health_category_even_with_the_purpose():
    named = policy(categories=categories(("PREGNANT", "MANDATORY")))

    found = verdict(staff(categories=recorded(Category.PREGNANT)), named, WED)

    assert "PREGNANT" not in str(found.deciding.sentence).upper()


def test_health_that_only_speaks_disappears_entirely():
    named = policy(categories=categories(("PREGNANT", "PRIORITY")))
    full = verdict(staff(categories=recorded(Category.PREGNANT)), named, WED)

    shown = full.without_health()

    assert [voice.rule for voice in full.others] == [Rule.CATEGORY_PRIORITY]
    assert shown.others == ()
    assert shown.deciding == full.deciding


def test_age_is_named_before_health_where_both_oblige():
    named = policy(categories=categories(("AGE", "MANDATORY"), ("PREGNANT", "MANDATORY")))
    both = staff(born_on=date(1970, 1, 1), categories=recorded(Category.PREGNANT))

    found = verdict(both, named, WED)

    assert found.deciding.sensitive is False


def test_many_people_and_days_give_the_verdict_of_each():
    other = replace(STAFF, person_id=2, units=())

    found = verdicts([STAFF, other], {OWN: policy()}, [WED, THU])

    assert {key: v.answer for key, v in found.items()} == {
        (1, WED): Answer.MAY,
        (1, THU): Answer.MAY,
        (2, WED): Answer.MAY_NOT,
        (2, THU): Answer.MAY_NOT,
    }
