"""Which records count: windows, validity, running matters, missing and checked-empty."""

from datetime import date
from fractions import Fraction

import pytest

from talent.rules.facts import months_before, window_bounds
from talent.rules.mapping import NOT_A_NUMBER
from talent.rules.profile import Window
from talent.rules.reading import read
from tests.talent.rules.kit import DAY, bands, empty, leaf, rec, table

TWO_YEARS = Window(months=24)
FROM_END = Window(months=24, counts_from="END")
LAST_YEAR = Window(calendar_years=1)
LETTERS = table(A=100, B=75, C=50, R=0)
COUNTED = bands(0, 0, 1, 25, 4, 50, None)


def read_one(node, *records):
    from talent.rules.facts import record_order

    return read(node, sorted(records, key=record_order), DAY)


@pytest.mark.parametrize(
    ("window", "first", "last"),
    [
        (TWO_YEARS, date(2024, 11, 19), date(2026, 11, 18)),
        (Window(months=12), date(2025, 11, 19), date(2026, 11, 18)),
        (LAST_YEAR, date(2025, 1, 1), date(2025, 12, 31)),
        (Window(calendar_years=2), date(2024, 1, 1), date(2025, 12, 31)),
    ],
)
def test_window_bounds(window, first, last):
    assert window_bounds(window, DAY) == (first, last)


@pytest.mark.parametrize(
    ("day", "months", "before"),
    [
        (date(2026, 3, 31), 1, date(2026, 2, 28)),
        (date(2024, 2, 29), 12, date(2023, 2, 28)),
        (date(2026, 1, 15), 1, date(2025, 12, 15)),
    ],
)
def test_months_before_keeps_to_the_calendar(day, months, before):
    assert months_before(day, months) == before


@pytest.mark.parametrize(
    ("window", "record", "mapped", "missing"),
    [
        pytest.param(None, rec("k", "A", date(2001, 1, 1)), 100, "", id="without a window age does not matter"),
        pytest.param(TWO_YEARS, rec("k", "A", date(2024, 11, 19)), 100, "", id="first day of the window"),
        pytest.param(
            TWO_YEARS, rec("k", "A", date(2024, 11, 18)), None, "OUTSIDE_WINDOW", id="two years to the day: over"
        ),
        pytest.param(TWO_YEARS, rec("k", "A", DAY), 100, "", id="the day of reckoning counts"),
        pytest.param(TWO_YEARS, rec("k", "A", date(2026, 11, 19)), None, "NOT_ASSESSED", id="the future does not"),
        pytest.param(LAST_YEAR, rec("k", "A", date(2025, 1, 1)), 100, "", id="first day of last year"),
        pytest.param(LAST_YEAR, rec("k", "A", date(2025, 12, 31)), 100, "", id="last day of last year"),
        pytest.param(
            LAST_YEAR, rec("k", "A", date(2026, 1, 1)), None, "OUTSIDE_WINDOW", id="this year is not last year"
        ),
        pytest.param(LAST_YEAR, rec("k", "A", date(2024, 12, 31)), None, "OUTSIDE_WINDOW", id="the year before last"),
        pytest.param(
            FROM_END, rec("k", "A", date(2020, 1, 1), ends_on=date(2024, 11, 19)), 100, "", id="old event, late end"
        ),
        pytest.param(
            FROM_END,
            rec("k", "A", date(2020, 1, 1), ends_on=date(2024, 11, 18)),
            None,
            "OUTSIDE_WINDOW",
            id="its end is over",
        ),
        pytest.param(FROM_END, rec("k", "A", date(2015, 1, 1)), 100, "", id="an open end still runs"),
        pytest.param(
            None, rec("k", "A", date(2020, 1, 1), valid_until=date(2026, 11, 18)), 100, "", id="last day of validity"
        ),
        pytest.param(
            None, rec("k", "A", date(2020, 1, 1), valid_until=date(2026, 11, 17)), None, "EXPIRED", id="validity over"
        ),
        pytest.param(None, rec("k", "Z"), None, "NOT_IN_TABLE", id="an unknown word is missing, not zero"),
        pytest.param(None, rec("k", None), None, "NO_VALUE", id="a record without a value"),
    ],
)
def test_latest_record(window, record, mapped, missing):
    reading = read_one(leaf("k", mapping=LETTERS, window=window), record)

    assert (reading.mapped, reading.missing) == (mapped, missing)


@pytest.mark.parametrize(
    ("pick", "mapped", "raw"),
    [
        pytest.param("LATEST", 50, "C", id="latest by day"),
        pytest.param("BEST", 100, "A", id="best by points"),
        pytest.param("WORST", 50, "C", id="worst by points"),
        pytest.param("MEAN", 75, "A · B · C", id="mean of points"),
    ],
)
def test_several_records_become_one(pick, mapped, raw):
    reading = read_one(
        leaf("k", mapping=LETTERS, pick=pick),
        rec("k", "C", date(2026, 3, 1), record_id="3"),
        rec("k", "A", date(2026, 1, 1), record_id="1"),
        rec("k", "B", date(2026, 2, 1), record_id="2"),
    )

    assert (reading.mapped, reading.raw) == (mapped, raw)


@pytest.mark.parametrize(
    ("pick", "values", "mapped", "raw"),
    [
        pytest.param("COUNT", ["x"], 25, "1", id="one certificate"),
        pytest.param("COUNT", ["x", "y", "z"], 25, "3", id="three certificates"),
        pytest.param("COUNT", ["x", "y", "z", "w"], 50, "4", id="four certificates"),
        pytest.param("SUM", ["1.5", "2.5"], 50, "4", id="hours are summed exactly"),
        pytest.param("SUM", ["1.5", "2.49"], 25, "3.99", id="just below the band"),
        pytest.param("SUM", ["a"], None, "a", id="a word cannot be summed"),
    ],
)
def test_counts_and_sums(pick, values, mapped, raw):
    node = leaf("k", mapping=COUNTED, pick=pick)

    reading = read_one(node, *[rec("k", value, record_id=str(i)) for i, value in enumerate(values)])

    assert (reading.mapped, reading.raw) == (mapped, raw)
    assert reading.missing == (NOT_A_NUMBER if mapped is None else "")


@pytest.mark.parametrize(
    ("node", "records", "mapped", "missing"),
    [
        pytest.param(leaf("k", mapping=LETTERS, empty=0), [], None, "NOT_ASSESSED", id="nothing known is not empty"),
        pytest.param(leaf("k", mapping=LETTERS, empty=0), [empty("k")], 0, "", id="checked and empty is a real zero"),
        pytest.param(leaf("k", mapping=LETTERS, empty=100), [empty("k")], 100, "", id="no sanction is full marks"),
        pytest.param(
            leaf("k", mapping=LETTERS), [empty("k")], None, "EMPTY_NOT_SCORED", id="empty proves nothing here"
        ),
        pytest.param(leaf("k", mapping=COUNTED, pick="COUNT"), [empty("k")], 0, "", id="no certificate counts zero"),
        pytest.param(
            leaf("k", mapping=LETTERS, empty=0), [empty("k"), rec("k", "B")], 75, "", id="a record beats empty"
        ),
        pytest.param(
            leaf("k", mapping=LETTERS, empty=0, window=TWO_YEARS),
            [empty("k", date(2024, 1, 1))],
            None,
            "OUTSIDE_WINDOW",
            id="an old check has lapsed",
        ),
        pytest.param(
            leaf("k", mapping=LETTERS, empty=0, window=LAST_YEAR), [empty("k")], 0, "", id="last year checked this year"
        ),
        pytest.param(
            leaf("k", mapping=LETTERS, min_sample=3),
            [rec("k", "A", sample=2)],
            None,
            "TOO_FEW_SAMPLES",
            id="two raters",
        ),
        pytest.param(leaf("k", mapping=LETTERS, min_sample=3), [rec("k", "A", sample=3)], 100, "", id="three raters"),
        pytest.param(
            leaf("k", mapping=LETTERS, min_sample=3), [rec("k", "A")], None, "TOO_FEW_SAMPLES", id="raters unknown"
        ),
        pytest.param(
            leaf("k", mapping=LETTERS, running_value="R", window=FROM_END),
            [rec("k", "A", ends_on=date(2026, 12, 1))],
            0,
            "",
            id="a matter that still runs",
        ),
        pytest.param(
            leaf("k", mapping=LETTERS, running_value="R", window=FROM_END),
            [rec("k", "A", ends_on=DAY)],
            0,
            "",
            id="its last day still runs",
        ),
        pytest.param(
            leaf("k", mapping=LETTERS, running_value="R", window=FROM_END),
            [rec("k", "A", ends_on=date(2026, 11, 17))],
            100,
            "",
            id="over since yesterday",
        ),
        pytest.param(
            leaf("k", mapping=LETTERS), [rec("k", "A", scored=Fraction(7, 2))], Fraction(7, 2), "", id="scored"
        ),
    ],
)
def test_empty_samples_and_running(node, records, mapped, missing):
    reading = read_one(node, *records)

    assert (reading.mapped, reading.missing) == (mapped, missing)


def test_record_ids_lead_back_to_what_counted():
    node = leaf("k", mapping=LETTERS, pick="BEST", window=TWO_YEARS)

    reading = read_one(
        node, rec("k", "B", date(2026, 1, 1), record_id="7"), rec("k", "A", date(2019, 1, 1), record_id="3")
    )

    assert reading.record_ids == ("7",)
