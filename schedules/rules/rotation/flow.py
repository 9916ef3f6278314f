"""The rotation as a network: one minimum-cost flow gives the most days, shared as evenly as they can be.

source -> person -> person-week -> cell -> innermost row of that day -> ... -> outermost row -> sink

Two laminar families meet in the cells (person ⊃ person-week, perangkat daerah ⊃ unit ⊃ group), so the
node-arc matrix is totally unimodular and the flow integral: Smet, Brucker, De Causmaecker, Vanden
Berghe, "Polynomially solvable personnel rostering problems", EJOR 2016. Each day of a person is an
arc of its own from the source, priced at the growth of the squared balance; the minimum is at once the
leximin distribution: Frank & Murota, "Decreasing minimization on M-convex sets", Math. Programming 2022.
Several days in one wide arc would destroy that for people far behind, so there is none.

Groups that cross others, and the run rule, do not fit into the network; `repair` deals with them.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from ortools.graph.python import max_flow, min_cost_flow

from .board import PLENTY, Board, bits

SCALE = 1 << 18
GUARANTEE_PRICE = 10_000_000


class FlowFailed(RuntimeError):
    """The flow library gave no optimal answer; the caller falls back to the greedy plan."""


@dataclass(frozen=True, slots=True)
class Forest:
    """The laminar part of the rows: innermost row per person, and the next larger row of each row."""

    leaf: list[int]
    parent: list[int]  # -1: into the sink
    rows: list[int]
    crossing: list[int]


def forest_of(board: Board) -> Forest:
    """Take every unit, and every group that is nested with all taken before it; larger groups first.

    Only people with an open cell count: what the others do is fixed and already inside the rooms.
    """
    active = [bool(mask) for mask in board.open]
    size = [sum(active[p] for p in row.members) for row in board.rows]
    taken = [row for row in range(len(board.rows)) if board.rows[row].group is None and size[row]]
    in_family = set(taken)
    crossing = []
    groups = [row for row in range(len(board.rows)) if board.rows[row].group is not None and size[row]]
    for row in sorted(groups, key=lambda r: (-size[r], r)):
        shared: dict[int, int] = {}
        for person in board.rows[row].members:
            if active[person]:
                for other in board.chains[person]:
                    if other in in_family:
                        shared[other] = shared.get(other, 0) + 1
        if all(count in (size[row], size[other]) for other, count in shared.items()):
            taken.append(row)
            in_family.add(row)
        else:
            crossing.append(row)
    order = {row: (size[row], board.rows[row].group is None, -row) for row in taken}
    leaf, parent = [-1] * len(board.ids), [-1] * len(board.rows)
    for person in board.people:
        if active[person]:
            chain = sorted((row for row in board.chains[person] if row in in_family), key=order.__getitem__)
            leaf[person] = chain[0]
            for inner, outer in pairwise(chain):
                parent[inner] = outer
    return Forest(leaf=leaf, parent=parent, rows=sorted(taken), crossing=sorted(crossing))


def depth_sorted(board: Board, forest: Forest) -> list[int]:
    """Rows of the forest, every row before its parent."""
    depth = {}
    for row in forest.rows:
        count, at = 0, forest.parent[row]
        while at != -1:
            count, at = count + 1, forest.parent[at]
        depth[row] = count
    return sorted(forest.rows, key=lambda row: (-depth[row], row))


@dataclass(slots=True)
class Network:
    """Arcs of one flow as flat lists. Cell arcs come last, `cells` runs beside them."""

    tails: list[int]
    heads: list[int]
    caps: list[int]
    costs: list[int]
    cells: list[tuple[int, int]]
    first_cell: int
    nodes: int
    person_node: dict[int, int]
    row_node: dict[tuple[int, int], int]


SOURCE, SINK = 0, 1


@dataclass(slots=True)
class Question:
    """What a flow is asked: which cells are open, what room is left, and where balances stand.

    `base[p]` is the balance in thousandths with no further day, `keep` the cells that cost nothing,
    `needs[p]` how many days must come first (guarantee).
    """

    open: list[int]
    room: list[list[int]]
    week_room: list[list[int]]
    period_room: list[int]
    base: list[int]
    keep: list[int]
    needs: list[int]


def _build(board: Board, forest: Forest, ask: Question, limits: list[int] | None) -> Network:
    """The network; with `limits` each person has one arc of that capacity instead of priced unit arcs."""
    net = Network([], [], [], [], [], 0, 2, {}, {})
    used_days = 0
    for mask in ask.open:
        used_days |= mask
    _add_rows(forest, ask, net, bits(used_days))
    week_nodes: list[tuple[int, int, int]] = []
    for person in board.people:
        if ask.open[person]:
            _add_person(board, ask, net, person, limits, week_nodes)
    net.first_cell = len(net.tails)
    for person, node, days in week_nodes:
        leaf, keep = forest.leaf[person], ask.keep[person]
        for day in bits(days):
            net.tails.append(node)
            net.heads.append(net.row_node[leaf, day])
            net.caps.append(1)
            net.costs.append(0 if keep >> day & 1 else 1)
            net.cells.append((person, day))
    return net


def _arc(net: Network, tail: int, head: int, cap: int, cost: int = 0) -> None:
    net.tails.append(tail)
    net.heads.append(head)
    net.caps.append(cap)
    net.costs.append(cost)


def _add_rows(forest: Forest, ask: Question, net: Network, days: list[int]) -> None:
    for row in forest.rows:
        for day in days:
            net.row_node[row, day] = net.nodes
            net.nodes += 1
    for row in forest.rows:
        parent = forest.parent[row]
        for day in days:
            head = SINK if parent == -1 else net.row_node[parent, day]
            _arc(net, net.row_node[row, day], head, ask.room[row][day])


def _add_person(
    board: Board,
    ask: Question,
    net: Network,
    person: int,
    limits: list[int] | None,
    week_nodes: list[tuple[int, int, int]],
) -> None:
    node = net.nodes
    net.person_node[person] = node
    net.nodes += 1
    most = 0
    for week, mask in enumerate(board.week_masks):
        days = ask.open[person] & mask
        room = min(ask.week_room[person][week], days.bit_count())
        if room > 0:
            _arc(net, node, net.nodes, room)
            week_nodes.append((person, net.nodes, days))
            net.nodes += 1
            most += room
    most = min(most, ask.period_room[person])
    if limits is not None:
        _arc(net, SOURCE, node, min(most, limits[person]))
        return
    base, needs = ask.base[person], ask.needs[person]
    for count in range(1, most + 1):
        price = base + 1000 * count - 500 - (GUARANTEE_PRICE if count <= needs else 0)
        _arc(net, SOURCE, node, 1, price * SCALE)


def fair_flow(board: Board, forest: Forest, ask: Question) -> list[int]:
    """Masks of home days per person: the most days, then the least square sum, then the fewest new cells."""
    net = _build(board, forest, ask, None)
    answer = [0] * len(board.ids)
    if not net.cells:
        return answer
    solver = min_cost_flow.SimpleMinCostFlow()
    arcs = solver.add_arcs_with_capacity_and_unit_cost(
        np.array(net.tails, dtype=np.int32),
        np.array(net.heads, dtype=np.int32),
        np.array(net.caps, dtype=np.int64),
        np.array(net.costs, dtype=np.int64),
    )
    supply = sum(cap for tail, cap in zip(net.tails, net.caps, strict=True) if tail == SOURCE)
    solver.set_node_supply(SOURCE, supply)
    solver.set_node_supply(SINK, -supply)
    status = solver.solve_max_flow_with_min_cost()
    if status != solver.OPTIMAL:
        raise FlowFailed(f"minimum-cost flow ended with status {status}")
    flows = solver.flows(arcs[net.first_cell :])
    for index in np.nonzero(flows)[0].tolist():
        person, day = net.cells[index]
        answer[person] |= 1 << day
    return answer


def most_days(board: Board, forest: Forest, ask: Question, limits: list[int] | None = None) -> int:
    """The most free home days the rows, weeks and periods allow together, by maximum flow."""
    value, _ = max_flow_cut(board, forest, ask, limits)
    return value


def max_flow_cut(board: Board, forest: Forest, ask: Question, limits: list[int] | None = None) -> tuple[int, set[int]]:
    """Value of the maximum flow and the people on the source side of its minimum cut."""
    net = _build(board, forest, ask, [PLENTY] * len(board.ids) if limits is None else limits)
    if not net.cells:
        return 0, {person for person in net.person_node if limits is not None and limits[person] > 0}
    solver = max_flow.SimpleMaxFlow()
    solver.add_arcs_with_capacity(
        np.array(net.tails, dtype=np.int32),
        np.array(net.heads, dtype=np.int32),
        np.array([min(cap, 10_000_000) for cap in net.caps], dtype=np.int64),
    )
    status = solver.solve(SOURCE, SINK)
    if status != solver.OPTIMAL:
        raise FlowFailed(f"maximum flow ended with status {status}")
    cut = set(solver.get_source_side_min_cut())
    return solver.optimal_flow(), {person for person, node in net.person_node.items() if node in cut}


def question(board: Board, keep: list[int] | None = None) -> Question:
    """The question of a fresh plan: everything open, balances at their start without a rate."""
    return Question(
        open=list(board.open),
        room=board.room,
        week_room=board.week_room,
        period_room=board.period_room,
        base=[0] * len(board.ids),
        keep=[0] * len(board.ids) if keep is None else keep,
        needs=board.needs(),
    )
