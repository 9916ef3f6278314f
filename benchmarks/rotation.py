"""Measure the rotation engine against the bounds it is held to.

    python benchmarks/rotation.py                       60 and 600 people, 22 and 65 days
    python benchmarks/rotation.py --sizes 6000x22       a whole large perangkat daerah
    python benchmarks/rotation.py --province            45 perangkat daerah, 37,000 people
    python benchmarks/rotation.py --sizes --file benchmarks/instances/*.json
    python benchmarks/rotation.py --extras              re-plan, twelve months, infeasible problems

Every line stands beside the engine's own greedy plan of the same run, which is its floor. Times are CPU
seconds. MUST is a gate (exit code 1 if one is missed), AIM what is wanted.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks.rotation_instances import make, province, working_days  # noqa: E402
from schedules.rules.rotation import (  # noqa: E402
    Blocked,
    Budget,
    PersonKind,
    Plan,
    Problem,
    check,
    close_period,
    explain,
    replan,
    run_state,
    solve,
)

MEMORY_PROBE = """
import hashlib, sys
sys.path.insert(0, {root!r})
from benchmarks.rotation_instances import make
from schedules.rules.rotation import Budget, solve
plan = solve(make({people}, {days}, {seed}), budget={budget})
peak = next(line.split()[1] for line in open("/proc/self/status") if line.startswith("VmHWM"))
print(int(peak) // 1024, plan.fingerprint, hashlib.sha256(repr(plan.rows).encode()).hexdigest())
"""


@dataclass(frozen=True)
class Gate:
    """One figure: its name, what must hold and what is aimed at; a smaller figure is better unless `at_least`."""

    name: str
    must: float
    aim: float
    at_least: bool = False

    def verdict(self, value: float) -> str:
        if self._holds(value, self.aim):
            return "aim"
        return "must" if self._holds(value, self.must) else "MISSED"

    def _holds(self, value: float, limit: float) -> bool:
        return value >= limit - 1e-9 if self.at_least else value <= limit + 1e-9


GATES = {
    "violations": Gate("hard violations", 0, 0),
    "identical": Gate("identical ASN, spread", 1, 1),
    "utilisation": Gate("utilisation of the flow bound", 0.985, 0.995, at_least=True),
    "square": Gate("square sum / bound", 1.25, 1.10),
    "gap": Gate("minimum balance below the bound's", 1, 0),
    "weekday": Gate("weekday spread inside peers, mean", 1.5, 1.1),
    "times": Gate("times own greedy (CPU)", 60, 40),
    "memory": Gate("peak memory / greedy's", 4, 2),
    "growth": Gate("growth of time, 600 to 6,000 people", 25, 25),
    "replan": Gate("re-plan, changes / forced", 4, 3),
    "months": Gate("peer spread after 12 months", 2, 1.5),
    "same": Gate("differing fingerprints or rows", 0, 0),
    "spurious": Gate("conflicts missed or spurious", 0, 0),
    "peer": Gate("peer balance spread over the bound's", 1, 0.3),
}

missed: list[str] = []


def line(where: str, gate: str, value: float, note: str = "") -> None:
    """Print one figure with its verdict."""
    verdict = GATES[gate].verdict(value)
    if verdict == "MISSED":
        missed.append(f"{where}: {GATES[gate].name} {value:.3f}")
    print(f"  {GATES[gate].name:<40} {value:>10.4f}   {verdict:<7} {note}", flush=True)


def timed(work: Callable[[], Plan]) -> tuple[Plan, float]:
    started = time.process_time()
    plan = work()
    return plan, time.process_time() - started


def size(people: int, days: int, seed: int, fresh: bool) -> float:
    """All figures of one made-up instance; returns the CPU seconds of the engine."""
    problem = make(people, days, seed)
    name = f"{people} x {days}"
    plan, spent = figures(name, problem)
    if fresh:
        in_fresh_process(name, people, days, seed, plan)
    return spent


def figures(name: str, problem: Problem) -> tuple[Plan, float]:
    """The figures of one problem beside its greedy plan."""
    floor, floor_s = timed(lambda: solve(problem, budget=Budget.greedy()))
    plan, plan_s = timed(lambda: solve(problem))
    metrics, bound = plan.metrics, plan.metrics.square_bound or 1.0
    print(f"\n{name}: {metrics.free_days} free home days of {metrics.open_days} open, {plan.method}")
    greedy_square = floor_square(problem, floor, plan)
    line(name, "violations", unnamed(problem, plan), f"greedy {unnamed(problem, floor)}")
    above = f"{metrics.identical_over} of {metrics.identical_classes} classes above 1"
    line(name, "identical", metrics.identical_spread, f"{above}; greedy {floor.metrics.identical_spread}")
    line(
        name,
        "utilisation",
        metrics.utilisation or 0,
        f"greedy {floor.metrics.free_days / (metrics.bound_days or 1):.4f}",
    )
    line(name, "square", metrics.square_ratio or 0, f"greedy {greedy_square / bound:.4f}")
    line(name, "gap", metrics.min_gap or 0)
    line(
        name,
        "peer",
        metrics.peer_spread - (metrics.peer_bound or 0),
        f"{metrics.peer_spread:.3f} / {metrics.peer_bound:.3f}",
    )
    line(name, "weekday", metrics.weekday_mean, f"max {metrics.weekday_max}; greedy {floor.metrics.weekday_mean:.3f}")
    print(f"  {'wishes met':<40} {metrics.preferred:>10.4f}           greedy {floor.metrics.preferred:.4f}")
    line(name, "times", plan_s / floor_s, f"{plan_s:.3f} s / {floor_s:.3f} s")
    same_when_shuffled(name, problem, plan)
    return plan, plan_s


def unnamed(problem: Problem, plan: Plan) -> int:
    """Violations that the plan's conflicts do not name as unavoidable, and conflicts that are none."""
    return len({violation.key for violation in check(problem, plan.rows)} ^ {found.key for found in plan.conflicts})


def floor_square(problem: Problem, floor: Plan, plan: Plan) -> float:
    """Square sum of the greedy plan at the exact rate of the other, so that the two compare."""
    from schedules.rules.rotation.greedy import base_balances
    from schedules.rules.rotation.layers import lay

    board = lay(problem.canonical())
    base = base_balances(board, (plan.metrics.bound_days or 0) + sum(board.given), max(1, sum(board.shares)))
    counts = [0] * len(board.ids)
    for person, day in floor.rows:
        index = board.index_of[person]
        counts[index] += board.open[index] >> board.day_index[day] & 1
    return sum(((base[p] + 1000 * counts[p]) / 1000) ** 2 for p in board.people if board.open[p])


def in_fresh_process(name: str, people: int, days: int, seed: int, plan: Plan) -> None:
    """Peak memory of both methods, and the same rows, in processes of their own."""
    peaks = {}
    for budget in ("Budget.greedy()", "Budget()"):
        code = MEMORY_PROBE.format(root=str(ROOT), people=people, days=days, seed=seed, budget=budget)
        answer = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
        peaks[budget] = (int(answer[0]), answer[1], answer[-1])
    memory, mark, rows = peaks["Budget()"]
    line(name, "memory", memory / peaks["Budget.greedy()"][0], f"{memory} MB / {peaks['Budget.greedy()'][0]} MB")
    same = (mark, rows) == (plan.fingerprint, hashlib.sha256(repr(plan.rows).encode()).hexdigest())
    line(name, "same", 0 if same else 1, "in a fresh process")


def same_when_shuffled(name: str, problem: Problem, plan: Plan) -> None:
    rng = random.Random(problem.seed)
    mixed = {field: list(getattr(problem, field)) for field in ("units", "groups", "people", "days")}
    for entries in mixed.values():
        rng.shuffle(entries)
    other = solve(replace(problem, **{field: tuple(entries) for field, entries in mixed.items()}))
    same = other.fingerprint == plan.fingerprint and other.rows == plan.rows
    line(name, "same", 0 if same else 1, "shuffled lists")


def whole_province() -> None:
    """45 perangkat daerah one after the other."""
    seconds, ratios, gaps, uses, weekdays, broken, above = [], [], [], [], [], 0, 0
    people = 0
    for problem in province():
        plan, spent = timed(lambda problem=problem: solve(problem))
        seconds.append(spent)
        people += len(problem.people)
        broken += len(check(problem, plan.rows))
        above += plan.metrics.identical_over
        ratios.append(plan.metrics.square_ratio or 0)
        gaps.append(plan.metrics.min_gap or 0)
        uses.append(plan.metrics.utilisation or 0)
        weekdays.append(plan.metrics.weekday_mean)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(
        f"\nProvince: {len(seconds)} perangkat daerah, {people} people x 22 days, {sum(seconds):.1f} CPU s, {peak} MB"
    )
    print(f"  median {statistics.median(seconds):.2f} s, largest {max(seconds):.2f} s")
    line("province", "violations", broken)
    line("province", "identical", 2 if above else 1, f"{above} classes above 1")
    line("province", "utilisation", min(uses), f"mean {statistics.mean(uses):.4f}")
    line("province", "square", max(ratios), f"mean {statistics.mean(ratios):.4f}")
    line("province", "gap", max(gaps), f"0 in {sum(gap == 0 for gap in gaps)} of {len(gaps)}")
    line("province", "weekday", max(weekdays), f"mean {statistics.mean(weekdays):.3f}")


def re_planning() -> None:
    """Five new leaves and a pleno, from the ninth day on."""
    print("\nRe-plan: 5 new leaves and a pleno from day 9")
    for people in (60, 600):
        problem = make(people, 22)
        plan = solve(problem)
        start = problem.days[8]
        needed = {member for group in problem.groups for member in group.members}
        free = [p for p in problem.people if p.kind is PersonKind.REGULAR and not p.absent and p.id not in needed]
        chosen = free[:: max(1, len(free) // 5)][:5]
        away = {p.id: frozenset(problem.days[10 + i : 14 + i]) for i, p in enumerate(chosen)}
        staff = tuple(replace(p, absent=away[p.id]) if p.id in away else p for p in problem.people)
        later = (*problem.blocked, Blocked(day=problem.days[16], unit=problem.people[0].unit))
        news = replace(problem, people=staff, blocked=later, previous=plan.rows, replan_from=start)
        mended, spent = timed(lambda news=news: replan(news))
        fresh = solve(news)
        scratch = len({c for c in fresh.rows if c[1] >= start} ^ {c for c in plan.rows if c[1] >= start})
        note = f"{mended.changes} / {mended.forced_changes}; planned anew {scratch}; {spent:.2f} s"
        line(f"replan {people}", "replan", mended.changes / max(1, mended.forced_changes), note)
        line(f"replan {people}", "violations", len(check(news, mended.rows)))


def twelve_months() -> None:
    """A hundred people, month by month, balances and runs handed on; spread inside the peer classes."""
    print("\nTwelve months, 100 people")
    for with_carry in (True, False):
        spreads = run_months(with_carry)
        text = " ".join(f"{spread:.2f}" for spread in spreads)
        if with_carry:
            line("months", "months", max(spreads), text)
        else:
            print(f"  {'without carried balances':<40} {max(spreads):>10.4f}           {text}")


def run_months(with_carry: bool, seed: int = 1) -> list[float]:
    start = make(100, 22).days[0]
    state, carry, phases, spreads = {}, {}, {}, []
    total: dict[int, float] = {}
    for month in range(12):
        shape = make(100, 22, seed)
        leave = make(100, 22, seed=100 * seed + month)
        days = working_days(22, start)
        moved = dict(zip(leave.days, days, strict=True))
        staff = []
        for person, source in zip(shape.people, leave.people, strict=True):
            before = state.get(person.id)
            groups_hold = person.id in {member for group in shape.groups for member in group.members}
            staff.append(
                replace(
                    person,
                    absent=frozenset() if groups_hold else frozenset(moved[day] for day in source.absent),
                    mandatory=(),
                    prefer=frozenset(),
                    carry=carry.get(person.id, Decimal(0)) if with_carry else Decimal(0),
                    run_before=before.run_before if before else 0,
                    office_before=before.office_before if before else 0,
                    home_before=before.home_before if before else 0,
                    box9_phase=phases.get(person.id),
                )
            )
        problem = replace(shape, days=days, people=tuple(staff), blocked=())
        plan = solve(problem)
        for number, value in close_period(
            replace(problem, people=tuple(replace(p, carry=Decimal(0)) for p in staff)), plan.rows
        ).items():
            total[number] = total.get(number, 0.0) + float(value)
        carry = close_period(problem, plan.rows)
        start = days[-1] + timedelta(days=1)
        while start.weekday() > 4:
            start += timedelta(days=1)
        state = run_state(problem, plan.rows, start)
        phases = {number: known.box9_phase for number, known in state.items()}
        spreads.append(peer_spread(problem, total))
    return spreads


def peer_spread(problem: Problem, total: dict[int, float]) -> float:
    classes: dict[tuple, list[float]] = {}
    for person in problem.people:
        if person.id in total:
            groups = tuple(group.id for group in problem.groups if person.id in group.members)
            classes.setdefault((person.unit, groups), []).append(total[person.id])
    spreads = [max(values) - min(values) for values in classes.values() if len(values) > 1]
    return statistics.mean(spreads)


def infeasible() -> None:
    """Everybody of some groups is away on some days: exactly those groups and days must be named."""
    print("\nInfeasible problems")
    rng = random.Random(7)
    wrong = planted = 0
    for seed in range(20):
        problem = make(120, 22, seed)
        away: dict[int, set] = {}
        expected = set()
        for group in rng.sample(problem.groups, 2):
            day = rng.choice(problem.days)
            keep = sorted(group.members)[: group.min_office - 1]
            for member in group.members - set(keep):
                away.setdefault(member, set()).add(day)
            expected.add((group.id, day))
        staff = tuple(replace(p, absent=p.absent | frozenset(away.get(p.id, ()))) for p in problem.people)
        named = {(conflict.group, conflict.day) for conflict in explain(replace(problem, people=staff))}
        planted += len(expected)
        wrong += len(named ^ expected)
    line("infeasible", "spurious", wrong, f"{planted} planted in 20 problems of 120 people")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", nargs="*", default=["60x22", "600x22", "60x65", "600x65"], metavar="PEOPLExDAYS")
    parser.add_argument(
        "--file", nargs="*", default=[], type=Path, help="instance files, see docs/rotation-instance.md"
    )
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--province", action="store_true")
    parser.add_argument("--extras", action="store_true")
    parser.add_argument("--no-fresh", action="store_true", help="skip memory and the fresh process")
    given = parser.parse_args()
    for path in given.file:
        problem = Problem.from_dict(json.loads(path.read_text(encoding="utf-8")))
        plan, _ = figures(path.stem, problem)
        for conflict in plan.conflicts:
            print(f"  {conflict.code}: {conflict.message}")
        if problem.replan_from is not None:
            mended = replan(problem)
            note = f"{mended.changes} / {mended.forced_changes}"
            line(path.stem, "replan", mended.changes / max(1, mended.forced_changes), note)
    seconds = {}
    for text in given.sizes:
        people, days = map(int, text.split("x"))
        seconds[text] = size(people, days, given.seed, not given.no_fresh)
    if "600x22" in seconds and "6000x22" in seconds:
        print()
        line("6000x22", "growth", seconds["6000x22"] / seconds["600x22"])
    if given.extras:
        re_planning()
        twelve_months()
        infeasible()
    if given.province:
        whole_province()
    print("\n" + ("Missed: " + "; ".join(missed) if missed else "Every gate is kept."))
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
