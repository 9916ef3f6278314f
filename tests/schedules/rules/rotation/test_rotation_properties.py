"""What must hold for every problem: plans keep the rules, and nothing but the problem decides them."""

import random
from dataclasses import replace

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from schedules.rules.rotation import (
    Budget,
    Code,
    Layer,
    Lock,
    Swap,
    check,
    check_swap,
    explain,
    solve,
    validate,
)
from schedules.rules.rotation.check import Checker
from tests.schedules.rules.rotation.problems import problems
from tests.schedules.rules.rotation.second_verdict import allowed

often = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
seldom = settings(often, max_examples=20)


def readable(problem) -> bool:
    return not any(issue.blocks for issue in validate(problem))


@often
@given(problems())
def test_a_plan_breaks_exactly_the_rules_that_no_plan_can_keep(problem):
    assume(readable(problem))
    plan = solve(problem)
    broken = {violation.key for violation in check(problem, plan.rows)}
    assert broken == {conflict.key for conflict in plan.conflicts} == {conflict.key for conflict in explain(problem)}


@often
@given(problems(), st.sampled_from((Budget.greedy(), Budget.quick())))
def test_the_fallback_keeps_the_rules_as_well(problem, budget):
    assume(readable(problem))
    plan = solve(problem, budget=budget)
    assert {v.key for v in check(problem, plan.rows)} == {conflict.key for conflict in plan.conflicts}
    assert plan.method == "greedy"


@often
@given(problems(), st.randoms(use_true_random=False))
def test_two_separate_verdicts_agree_on_mutated_plans(problem, rng: random.Random):
    assume(readable(problem))
    cells = set(solve(problem).rows)
    grid = [(person.id, day) for person in problem.people for day in problem.days]
    for _ in range(6):
        mutant = cells ^ set(rng.sample(grid, min(len(grid), rng.randint(0, 2))))
        found = [v for v in check(problem, mutant) if v.code is not Code.BOX9_WITHHELD]
        assert (not found) == allowed(problem, mutant), [violation.message for violation in found]


@often
@given(problems())
def test_the_flow_bound_is_never_beaten(problem):
    assume(readable(problem))
    metrics = solve(problem).metrics
    assert metrics.free_days <= metrics.bound_days
    if metrics.free_days == metrics.bound_days:
        assert metrics.square_sum >= metrics.square_bound - 1e-6


@often
@given(problems())
def test_people_alike_in_everything_differ_by_one_day_at_most(problem):
    assume(readable(problem))
    twins = tuple(replace(person, id=person.id + 100) for person in problem.people)
    groups = tuple(
        replace(group, members=group.members | {member + 100 for member in group.members}) for group in problem.groups
    )
    doubled = replace(problem, people=problem.people + twins, groups=groups, locked=())
    assert solve(doubled).metrics.identical_spread <= 1


@seldom
@given(problems(), st.randoms(use_true_random=False))
def test_the_order_of_the_lists_means_nothing(problem, rng: random.Random):
    assume(readable(problem))
    mixed = {}
    for name in ("days", "units", "groups", "people", "blocked", "locked"):
        entries = list(getattr(problem, name))
        rng.shuffle(entries)
        mixed[name] = tuple(entries)
    shuffled = replace(problem, **mixed)
    one, two = solve(problem), solve(shuffled)
    assert one.fingerprint == two.fingerprint
    assert one == two


@seldom
@given(problems(), st.randoms(use_true_random=False))
def test_an_accepted_swap_leaves_nothing_broken(problem, rng: random.Random):
    assume(readable(problem))
    plan = solve(problem)
    assume(not plan.conflicts)
    rows = set(plan.rows)
    judge = Checker(problem)
    grid = sorted(rows)
    for _ in range(12):
        if not grid or len(problem.people) < 2:
            return
        giver, day = rng.choice(grid)
        taker = rng.choice([person.id for person in problem.people if person.id != giver])
        back = rng.choice([None, *problem.days])
        swap = Swap(person_a=giver, day_a=day, person_b=taker, day_b=back)
        found = judge.check_swap(rows, swap)
        assert found == check_swap(problem, rows, swap)
        if found:
            continue
        rows = rows - {(giver, day)} | {(taker, day)}
        if back is not None:
            rows = rows - {(taker, back)} | {(giver, back)}
        assert check(problem, rows) == []
        grid = sorted(rows)


@seldom
@given(problems(), st.randoms(use_true_random=False))
def test_a_refused_swap_of_free_days_would_have_broken_something(problem, rng: random.Random):
    assume(readable(problem))
    plan = solve(problem)
    assume(not plan.conflicts)
    free = [cell for cell, layer in zip(plan.rows, plan.layers, strict=True) if layer is Layer.FREE]
    regular = [person.id for person in problem.people if person.kind == "REGULAR"]
    rows = set(plan.rows)
    for _ in range(10):
        if not free or len(regular) < 2:
            return
        giver, day = rng.choice(free)
        taker = rng.choice([number for number in regular if number != giver])
        if (taker, day) in rows or not check_swap(problem, rows, Swap(person_a=giver, day_a=day, person_b=taker)):
            continue
        assert check(problem, rows - {(giver, day)} | {(taker, day)})


@seldom
@given(problems(with_locks=False))
def test_a_plan_locked_cell_by_cell_is_still_a_plan(problem):
    """Locking everything that was planned changes nothing: what solve chose, it accepts as given."""
    assume(readable(problem))
    plan = solve(problem)
    assume(not plan.conflicts)
    locked = tuple(
        Lock(person=number, day=day, home=True)
        for (number, day), layer in zip(plan.rows, plan.layers, strict=True)
        if layer is Layer.FREE
    )
    again = solve(replace(problem, locked=locked))
    assert again.conflicts == ()
    assert set(plan.rows) <= set(again.rows)
