"""From presses to pairs, and which day a press belongs to."""

from datetime import timedelta

import pytest

from attendance.rules import hours
from tests.attendance.rules.cases import POLICY, moment, office, punches, shift
from tests.clock import MONDAY, TUESDAY, WEDNESDAY, WIB

NIGHT, MORNING, AFTERNOON = hours.NIGHT_SHIFT, hours.MORNING_SHIFT, hours.AFTERNOON_SHIFT


def told(presence, day=MONDAY):
    """Pairs as text: "07:30-16:00", with ! where a rule supplied the end or start."""
    midnight = moment("00:00", day)

    def clock(at):
        minutes = int((at - midnight).total_seconds() // 60)
        return f"{minutes // 60:02}:{minutes % 60:02}"

    return " ".join(
        f"{'!' if p.opened else ''}{clock(p.starts_at)}-{clock(p.ends_at)}{'!' if p.closed else ''}"
        for p in presence.pairs
    )


@pytest.mark.parametrize(
    ("text", "pairs"),
    [
        pytest.param("07:30 16:00", "07:30-16:00", id="two silent presses are in and out"),
        pytest.param("07:30 12:00 13:00 16:00", "07:30-16:00", id="of silent presses the first and last count"),
        pytest.param("I07:30 I16:00", "07:30-16:00", id="a device that always says in says nothing"),
        pytest.param("O07:30 O16:00", "07:30-16:00", id="a device that always says out says nothing"),
        pytest.param("I07:30 O12:00 I13:00 O16:00", "07:30-12:00 13:00-16:00", id="keys that are pressed are believed"),
        pytest.param("i07:30 o12:00 i13:00 o16:00", "07:30-12:00 13:00-16:00", id="the application is believed"),
        pytest.param("07:30 07:30:20 07:30:40 16:00", "07:30-16:00", id="the same finger read three times"),
        pytest.param("07:30 16:00 16:00:30", "07:30-16:00", id="a repeat on leaving takes the last reading"),
        pytest.param("i07:30 i07:31:30 o16:00", "07:30-16:00", id="a second in while inside makes no minute"),
        pytest.param("i07:30 o12:00 o16:00", "07:30-16:00", id="a second out moves the end"),
        pytest.param("i16:00 o16:00:05", "16:00-16:00", id="in and out within seconds are two presses"),
        pytest.param("07:30", "07:30-16:00!", id="a lone press in the morning is an in"),
        pytest.param("15:50", "!07:30-15:50", id="a lone press in the afternoon is an out"),
        pytest.param("07:25 07:40", "07:25-16:00!", id="two presses of one arrival are an in"),
        pytest.param("15:40 16:02", "!07:30-16:02", id="two presses of one leaving are an out"),
        pytest.param("07:30 08:45", "07:30-08:45", id="an hour later it is a leaving"),
        pytest.param("i07:30 07:33", "07:30-16:00!", id="application and terminal on arrival are one in"),
        pytest.param("07:29 i07:30 o16:00 16:01", "07:29-16:01", id="terminal around the application widens the day"),
        pytest.param("i07:30 16:02", "07:30-16:02", id="in by phone, out by finger"),
        pytest.param("07:31 o16:00", "07:31-16:00", id="in by finger, out by phone"),
        pytest.param("o12:00 i13:00 o16:00", "!07:30-12:00 13:00-16:00", id="a missing in before lunch"),
        pytest.param("i07:30 o12:00 i13:00", "07:30-12:00 13:00-16:00!", id="a missing out after lunch"),
        pytest.param("B12:00 I07:30 b13:00 O16:00", "07:30-12:00 13:00-16:00", id="break keys, in any order of rows"),
    ],
)
def test_pairs_of_an_office_day(text, pairs):
    assert told(hours.derive_pairs(POLICY, office(), punches(text))) == pairs


@pytest.mark.parametrize(
    ("changes", "text", "pairs"),
    [
        pytest.param({"terminal_states": "IGNORED"}, "I07:30 O12:00 I13:00 O16:00", "07:30-16:00", id="states ignored"),
        pytest.param({"terminal_states": "TRUSTED"}, "O07:30 O16:00", "!07:30-16:00", id="states trusted as they are"),
        pytest.param({"debounce_seconds": 0}, "i07:30 o07:30:30", "07:30-07:30", id="no debounce"),
        pytest.param({"debounce_seconds": 300}, "07:30 07:34 16:00", "07:30-16:00", id="a long debounce"),
        pytest.param(
            {"unstated_pairs": "ALTERNATE"}, "07:30 12:00 13:00 16:00", "07:30-12:00 13:00-16:00", id="alternating"
        ),
        pytest.param({"unstated_pairs": "ALTERNATE"}, "07:30 12:00 13:00", "07:30-12:00 13:00-16:00!", id="odd number"),
        pytest.param({"lone_punch": "IN"}, "15:50", "15:50-16:00!", id="a lone press is always in"),
        pytest.param({"lone_punch": "OUT"}, "07:50", "!07:30-07:50", id="a lone press is always out"),
        pytest.param({"same_side_minutes": 0}, "07:25 07:40", "07:25-07:40", id="no same-side rule"),
        pytest.param({"double_in": "KEEP_LAST"}, "i07:30 i08:30 o16:00", "08:30-16:00", id="the last in counts"),
        pytest.param({"double_out": "KEEP_FIRST"}, "i07:30 o12:00 o16:00", "07:30-12:00", id="the first out counts"),
        pytest.param({"missing_out_closes": "NONE"}, "i07:30", "", id="nothing for a forgotten out"),
        pytest.param({"missing_in_opens": "NONE"}, "o16:00", "", id="nothing for a forgotten in"),
    ],
)
def test_conventions_of_reading(changes, text, pairs):
    policy = POLICY.with_changes(**changes)

    assert told(hours.derive_pairs(policy, office(), punches(text))) == pairs


@pytest.mark.parametrize(
    ("text", "open_since", "pairs"),
    [
        pytest.param("07:30", "07:30", "", id="a press in the morning opens"),
        pytest.param("i07:30 o12:00 i13:00", "13:00", "07:30-12:00", id="back from lunch"),
        pytest.param("i07:30 o16:00", None, "07:30-16:00", id="gone"),
    ],
)
def test_pairs_of_a_running_day(text, open_since, pairs):
    presence = hours.derive_pairs(POLICY, office(), punches(text), is_over=False)

    assert told(presence) == pairs
    assert presence.open_since == (moment(open_since) if open_since else None)
    assert not presence.missing_out


def test_repeats_are_counted_and_told():
    presence = hours.derive_pairs(POLICY, office(), punches("07:30 07:30:10 16:00 16:00:05 16:00:09"))

    assert presence.repeats == 3
    assert hours.Step("debounced", {"count": 3, "seconds": 60}) in presence.steps


def test_the_closing_of_a_forgotten_out_is_marked_and_told():
    presence = hours.derive_pairs(POLICY, office(), punches("i07:30"))

    assert presence.auto_closed
    assert presence.missing_out
    assert presence.last_out_at is None
    assert presence.steps[-1] == hours.Step("auto_closed", {"at": "2026-11-16T16:00:00+07:00", "rule": "END"})


# -- the duty day ------------------------------------------------------------------------------------------------

FREE = None


def roster(*plans):
    return [shift(plan, MONDAY + timedelta(days=n)) for n, plan in enumerate(plans)]


@pytest.mark.parametrize(
    ("days", "press", "owner"),
    [
        pytest.param([office(MONDAY), office(TUESDAY)], "27:59", MONDAY, id="before four it is still yesterday"),
        pytest.param([office(MONDAY), office(TUESDAY)], "28:00", TUESDAY, id="from four on it is today"),
        pytest.param(roster(NIGHT, FREE), "31:05", MONDAY, id="a night ends on its own day"),
        pytest.param(roster(NIGHT, FREE), "34:59", MONDAY, id="and is waited for four hours"),
        pytest.param(roster(NIGHT, FREE), "35:00", TUESDAY, id="but no longer"),
        pytest.param(roster(NIGHT, AFTERNOON), "34:29", MONDAY, id="between two shifts the middle of the pause cuts"),
        pytest.param(roster(NIGHT, AFTERNOON), "34:30", TUESDAY, id="and after it the next shift begins"),
        pytest.param(roster(NIGHT, NIGHT), "31:00", MONDAY, id="night after night, the morning belongs to the first"),
        pytest.param(roster(NIGHT, NIGHT), "44:50", TUESDAY, id="night after night, the evening to the second"),
        pytest.param(roster(NIGHT, MORNING), "30:59", MONDAY, id="a morning right after a night, before seven"),
        pytest.param(roster(NIGHT, MORNING), "31:00", TUESDAY, id="a morning right after a night, at seven"),
        pytest.param(
            roster(AFTERNOON, hours.DayPlan(starts=0, ends=420)), "23:10", TUESDAY, id="early for a midnight shift"
        ),
        pytest.param(
            roster(AFTERNOON, hours.DayPlan(starts=0, ends=420)), "21:10", MONDAY, id="leaving before a midnight shift"
        ),
    ],
)
def test_owner_of_a_press(days, press, owner):
    given = hours.assign_punches(POLICY, days, punches(press))

    assert list(given) == [owner]


def test_a_pair_over_midnight_stands_on_the_day_the_shift_starts():
    days = roster(NIGHT, NIGHT, FREE)
    pressed = punches("20:55 31:02 44:58 55:01")

    given = hours.assign_punches(POLICY, days, pressed)

    assert {d: [p.at.astimezone(WIB).hour for p in found] for d, found in given.items()} == {
        MONDAY: [20, 7],
        TUESDAY: [20, 7],
    }


def test_the_cut_of_the_duty_day_is_a_policy():
    policy = POLICY.with_changes(day_cut_minute=0)

    given = hours.assign_punches(policy, [office(MONDAY), office(TUESDAY)], punches("24:30"))

    assert list(given) == [TUESDAY]


def test_presses_outside_all_windows_are_left_out():
    assert hours.assign_punches(POLICY, [office(TUESDAY)], punches("07:30", MONDAY)) == {}


def test_windows_of_neighbours_touch():
    days = [office(MONDAY), shift(NIGHT, TUESDAY), shift(AFTERNOON, WEDNESDAY)]

    _, first_end = hours.duty_window(POLICY, None, days[0], days[1])
    second_start, second_end = hours.duty_window(POLICY, days[0], days[1], days[2])
    third_start, _ = hours.duty_window(POLICY, days[1], days[2], None)

    assert (first_end, second_end) == (second_start, third_start)


# -- the next press ----------------------------------------------------------------------------------------------

OFFICE_DAYS = (office(MONDAY - timedelta(days=1)), office(MONDAY), office(TUESDAY))
NIGHT_DAYS = (shift(NIGHT, MONDAY - timedelta(days=1)), shift(FREE, MONDAY), shift(NIGHT, TUESDAY))


@pytest.mark.parametrize(
    ("days", "text", "press", "wanted"),
    [
        pytest.param(OFFICE_DAYS, "", "07:20", ("IN", "FIRST", MONDAY), id="the first press comes in"),
        pytest.param(OFFICE_DAYS, "", "13:00", ("IN", "FIRST", MONDAY), id="late but first is in"),
        pytest.param(OFFICE_DAYS, "", "16:05", ("OUT", "AFTER_END", MONDAY), id="first after the end is out"),
        pytest.param(OFFICE_DAYS, "i07:30", "16:00", ("OUT", "INSIDE", MONDAY), id="inside goes out"),
        pytest.param(OFFICE_DAYS, "i07:30", "07:30:40", ("IN", "REPEAT", MONDAY), id="a double tap repeats the in"),
        pytest.param(OFFICE_DAYS, "i07:30 o16:00", "16:00:30", ("OUT", "REPEAT", MONDAY), id="and repeats the out"),
        pytest.param(OFFICE_DAYS, "i07:30 o12:00", "13:00", ("IN", "BACK", MONDAY), id="back from lunch"),
        pytest.param(
            OFFICE_DAYS, "i07:30 o16:00", "16:40", ("OUT", "AGAIN_AFTER_END", MONDAY), id="again out in the evening"
        ),
        pytest.param(
            OFFICE_DAYS, "i-16:00", "07:25", ("IN", "FIRST", MONDAY), id="an out forgotten yesterday changes nothing"
        ),
        pytest.param(
            OFFICE_DAYS, "i07:30", "25:00", ("OUT", "INSIDE", MONDAY), id="out after midnight is still Monday"
        ),
        pytest.param(
            NIGHT_DAYS, "i-3:00", "07:05", ("OUT", "INSIDE", MONDAY - timedelta(days=1)), id="a night goes out"
        ),
        pytest.param(NIGHT_DAYS, "", "44:50", ("IN", "FIRST", TUESDAY), id="the next night comes in"),
    ],
)
def test_what_the_next_press_means(days, text, press, wanted):
    at = moment(press)
    today = at.astimezone(WIB).date()
    if today != days[1].day:
        plans = {d.day: d for d in days}
        days = tuple(plans.get(today + timedelta(days=n)) or shift(FREE, today + timedelta(days=n)) for n in (-1, 0, 1))

    press = hours.press_direction(POLICY, days, punches(text), at)

    assert (press.direction, press.reason, press.day) == wanted
    assert press.is_repeat is (wanted[1] == "REPEAT")
