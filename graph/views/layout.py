"""Where the nodes of a view stand: computed here, once, so that a page need not settle.

A force layout of networkx (Fruchterman–Reingold, with a seed) finds the shape of the best connected
nodes, taken so that they hang together; the rest stand by their neighbours; then every node, with the
label beneath it, gets a free place near the one it wanted. Boxes never overlap, and the same input gives
the same whole numbers.
"""

import heapq
import math
from collections.abc import Iterator, Mapping, Sequence

import networkx as nx

Point = tuple[float, float]
Box = tuple[float, float]  # width and height of a node with its label, in the units of the drawing

SEED = 11
BACKBONE = 400  # nodes that the force layout places itself: time by the square of this, and from 500 networkx asks for scipy
ROOM = 3.4  # area of the drawing over the area of its boxes: the higher, the airier
EVENNESS = 0.6  # 0 leaves crowds and stragglers where the force layout put them; 1 fills a disc evenly
GAP = 10.0  # least distance between two boxes
ASPECT = 1.25  # width over height that a drawing aims at
STRETCH = math.sqrt(ASPECT)


def positions(edges: Mapping[tuple[int, int], float], boxes: Sequence[Box]) -> list[tuple[int, int]]:
    """A place for each node ``0 … len(boxes) - 1``: the middle of its symbol, y downwards.

    ``edges`` maps a pair of nodes to a weight above 0; the heavier, the nearer the two.
    """
    graph: nx.Graph[int] = nx.Graph()
    graph.add_nodes_from(range(len(boxes)))
    graph.add_weighted_edges_from((a, b, weight) for (a, b), weight in sorted(edges.items()))
    parts = sorted((sorted(part) for part in nx.connected_components(graph)), key=lambda part: (-len(part), part[0]))
    places: dict[int, Point] = {}
    for offset, block in _shelves([_component(graph, part, boxes) for part in parts], boxes):
        places.update({node: (x + offset[0], y + offset[1]) for node, (x, y) in block.items()})
    return [(round(places[node][0]), round(places[node][1])) for node in range(len(boxes))]


def _component(graph: "nx.Graph[int]", part: Sequence[int], boxes: Sequence[Box]) -> dict[int, Point]:
    """One connected part, around its own middle."""
    if len(part) == 1:
        return {part[0]: (0.0, 0.0)}
    order = list(_outwards(graph, part))
    wanted = _upright(_backbone(graph, order[:BACKBONE]))
    side = _side(boxes[node] for node in order)
    wanted = _scaled(wanted, side)
    wanted.update(_hangers(graph, order, wanted, boxes))
    return _apart(order, _evened(wanted, boxes, side), boxes)


def _outwards(graph: "nx.Graph[int]", part: Sequence[int]) -> Iterator[int]:
    """The nodes from the best connected one, each but the first a neighbour of one before it, the best connected first."""
    reached: set[int] = set()
    rim = [min((-graph.degree(node), node) for node in part)]
    while rim:
        _, node = heapq.heappop(rim)
        if node not in reached:
            reached.add(node)
            yield node
            for other in graph.neighbors(node):
                heapq.heappush(rim, (-graph.degree(other), other))


def _backbone(graph: "nx.Graph[int]", nodes: Sequence[int]) -> dict[int, Point]:
    core: nx.Graph[int] = nx.Graph()
    core.add_nodes_from(nodes)
    core.add_edges_from(graph.subgraph(nodes).edges(data=True))
    placed = nx.spring_layout(core, seed=SEED, iterations=200, k=2.2 / math.sqrt(len(nodes)))
    return {int(node): (float(x), float(y)) for node, (x, y) in placed.items()}


def _upright(places: dict[int, Point]) -> dict[int, Point]:
    """Turned so that the longest way through the drawing lies flat, its first node on the left."""
    count = len(places)
    mean_x = sum(x for x, _ in places.values()) / count
    mean_y = sum(y for _, y in places.values()) / count
    centred = {node: (x - mean_x, y - mean_y) for node, (x, y) in places.items()}
    spread = sum(x * x - y * y for x, y in centred.values())
    angle = -0.5 * math.atan2(2 * sum(x * y for x, y in centred.values()), spread)
    cos, sin = math.cos(angle), math.sin(angle)
    turned = {node: (x * cos - y * sin, x * sin + y * cos) for node, (x, y) in centred.items()}
    side = -1.0 if next(iter(turned.values()))[0] > 0 else 1.0
    return {node: (side * x, side * y) for node, (x, y) in turned.items()}


def _side(boxes: Iterator[Box]) -> float:
    """The side of a square with room for the boxes."""
    return math.sqrt(ROOM * sum((width + GAP) * (height + GAP) for width, height in boxes))


def _scaled(places: dict[int, Point], side: float) -> dict[int, Point]:
    width = max(x for x, _ in places.values()) - min(x for x, _ in places.values()) or 1.0
    height = max(y for _, y in places.values()) - min(y for _, y in places.values()) or 1.0
    stretch = min(max(math.sqrt(ASPECT * height / width), 0.7), 1.4)
    scale = side / math.sqrt(width * height) if height > width / 8 else side / width
    return {node: (x * scale * stretch, y * scale / stretch) for node, (x, y) in places.items()}


def _hangers(graph: "nx.Graph[int]", order: Sequence[int], placed: Mapping[int, Point], boxes: Sequence[Box]) -> dict[int, Point]:
    """Wanted places of the nodes outside the backbone: in the midst of their neighbours, a little outwards."""
    found: dict[int, Point] = {}
    for turn, node in enumerate(order[len(placed) :]):
        anchors = [placed.get(other) or found.get(other) for other in graph.neighbors(node)]
        points = [point for point in anchors if point is not None] or [(0.0, 0.0)]
        x = sum(point[0] for point in points) / len(points)
        y = sum(point[1] for point in points) / len(points)
        angle = math.atan2(y, x) + (turn % 7 - 3) * 0.25
        reach = boxes[node][0] * 1.5
        found[node] = (x + reach * math.cos(angle), y + reach * math.sin(angle))
    return found


def _evened(wanted: Mapping[int, Point], boxes: Sequence[Box], side: float) -> dict[int, Point]:
    """Crowds spread and stragglers drawn in: distances from the middle move towards those of an evenly filled disc."""
    far = side / math.sqrt(math.pi)
    inwards = sorted(wanted, key=lambda node: (math.hypot(*wanted[node]), node))
    total = sum(boxes[node][0] * boxes[node][1] for node in inwards)
    area = 0.0
    found: dict[int, Point] = {}
    for node in inwards:
        x, y = wanted[node]
        reach = max(math.hypot(x, y), 1e-9)
        even = far * math.sqrt(area / total)
        area += boxes[node][0] * boxes[node][1]
        scale = ((1 - EVENNESS) * reach + EVENNESS * even) / reach
        found[node] = (x * scale * STRETCH, y * scale / STRETCH)
    return found


def _apart(order: Sequence[int], wanted: Mapping[int, Point], boxes: Sequence[Box]) -> dict[int, Point]:
    """Each node, the best connected first, at the free place nearest to the one it wants."""
    cell = max(max(boxes[node]) for node in order) + GAP
    grid: dict[tuple[int, int], list[tuple[float, float, float, float]]] = {}
    placed: dict[int, Point] = {}
    tried: dict[tuple[int, int], int] = {}  # how far out the search near a spot had to go before
    for node in order:
        width, height = boxes[node][0] + GAP, boxes[node][1] + GAP
        spot = (round(wanted[node][0] / cell), round(wanted[node][1] / cell))
        step = tried.get(spot, 0) * 15 // 16
        x, y = _sunflower(wanted[node], height / 2, step)
        while _taken(grid, (x, y, width, height), cell):
            step += 1
            x, y = _sunflower(wanted[node], height / 2, step)
        tried[spot] = step
        grid.setdefault((math.floor(x / cell), math.floor(y / cell)), []).append((x, y, width, height))
        placed[node] = (x, y)
    return placed


def _sunflower(middle: Point, pace: float, step: int) -> Point:
    """Places around a middle, nearest first, wider than high: the seeds of a sunflower, a golden angle apart."""
    radius, angle = pace * math.sqrt(step) * 0.7, step * 2.399963
    return middle[0] + 1.3 * radius * math.cos(angle), middle[1] + radius * math.sin(angle)


def _taken(
    grid: Mapping[tuple[int, int], list[tuple[float, float, float, float]]],
    box: tuple[float, float, float, float],
    cell: float,
) -> bool:
    x, y, width, height = box
    column, row = math.floor(x / cell), math.floor(y / cell)
    for near in (column, column - 1, column + 1):
        for over in (row, row - 1, row + 1):
            for other_x, other_y, other_width, other_height in grid.get((near, over), ()):
                if abs(x - other_x) * 2 < width + other_width and abs(y - other_y) * 2 < height + other_height:
                    return True
    return False


def _shelves(blocks: Sequence[dict[int, Point]], boxes: Sequence[Box]) -> Iterator[tuple[Point, dict[int, Point]]]:
    """Each connected part with how far to move it: the first on top, the others in rows below, every row centred."""
    edges = [_edges(block, boxes) for block in blocks]
    room = math.sqrt(ROOM * ASPECT * sum(width * height for width, height in boxes))
    limit = max([room, *(right - left for left, right, _, _ in edges[:1])])
    rows: list[list[int]] = []
    length = math.inf
    for number, (left, right, _, _) in enumerate(edges):
        if number <= 1 or length + right - left > limit:
            rows.append([])
            length = 0.0
        rows[-1].append(number)
        length += right - left + 3 * GAP
    y = 0.0
    for row in rows:
        x = (3 * GAP - sum(edges[number][1] - edges[number][0] + 3 * GAP for number in row)) / 2
        for number in row:
            left, right, top, _ = edges[number]
            yield (x - left, y - top), blocks[number]
            x += right - left + 3 * GAP
        y += max(bottom - top for _, _, top, bottom in (edges[number] for number in row)) + 3 * GAP


def _edges(block: Mapping[int, Point], boxes: Sequence[Box]) -> tuple[float, float, float, float]:
    """Left, right, top and bottom of a part."""
    return (
        min(x - boxes[node][0] / 2 for node, (x, _) in block.items()),
        max(x + boxes[node][0] / 2 for node, (x, _) in block.items()),
        min(y - boxes[node][1] / 2 for node, (_, y) in block.items()),
        max(y + boxes[node][1] / 2 for node, (_, y) in block.items()),
    )
