"""``make bench``, or ``python -m benchmarks.views [NODES …]``: how soon a view answers a click, beside plain pyvis.

An invented network becomes our page and a page of pyvis as it comes. Headless Chromium, on two cores and without a
network, opens them in turn. Ours is timed until a click of the mouse on a node is answered by the node's name in the
panel; pyvis until its network has settled, when a node first stays where one clicks.
"""

import os
import random
import statistics
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib import import_module
from itertools import combinations
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

from benchmarks.screenshots import FLAGS, browser_tools
from graph.views import View, ViewNode, ViewRecord, page
from ontology.errors import IrkgError

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

LIMITS = {200: 1.0, 1_000: 2.0, 5_000: 6.0}  # nodes: seconds until a click is answered
BYTES, BYTES_A_NODE = 1_200_000, 400
RUNS = 5
PLAIN_RUNS = 3
PATIENCE = 60  # seconds that plain pyvis is waited for; if it needs more, it is opened once
SIZE = (1280, 800)

_BASE = "https://w3id.org/irkg/"
_TYPES = ("Person", "Person", "Person", "Organisation", "Place", "Group", "State", "Agent")
_SOUNDS = ("ta", "mir", "ov", "sen", "el", "dor", "vka", "lin", "bar", "os", "ruk", "hal", "ny", "gre", "zim", "ia")
_ACTS = (
    ("Meeting", "contact", "met the delegation of"),
    ("Visit", "contact", "arrived for a two-day visit to"),
    ("Agreement", "agreement", "signed an agreement on visas and on fisheries with"),
    ("Summons", "diplomatic", "summoned and reproached the envoy of"),
    ("Military action", "conflict", "brought down an aircraft of"),
    ("Aid", "aid", "sent forty tons of grain to"),
)
_AROUND = "After weeks of silence between the two capitals and a long debate at home, the chronicle of that season says that "


@dataclass(frozen=True, slots=True)
class Figures:
    """What was measured at one size; no seconds of plain pyvis where it did not settle."""

    nodes: int
    records: int
    ours: float
    plain: float | None
    plain_runs: int
    size: int
    making: float

    def __str__(self) -> str:
        allowed = BYTES + BYTES_A_NODE * self.nodes
        plain = f"{self.plain:6.1f}" if self.plain else f"> {PATIENCE}"
        ratio = f"{'' if self.plain else '> '}{(self.plain or PATIENCE) / self.ours:.0f}"
        over = [what for what, is_over in (("time", self.ours > LIMITS.get(self.nodes, 6.0)), ("bytes", self.size > allowed)) if is_over]
        return (
            f"{self.nodes:6,} {self.records:8,} {self.ours:9.2f} {plain:>13} {self.plain_runs:5} {ratio:>6}"
            f" {self.size:11,} {allowed:11,} {self.making:7.1f}  {'over: ' + ', '.join(over) if over else 'ok'}"
        )


def main() -> int:
    """Prints a line for each size."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:2])
    try:
        tools, path = browser_tools()
    except IrkgError as error:
        print(f"views: not measured, for {error}")
        return 0
    print(" nodes  records  ours, s   plain pyvis, s  runs  ratio       bytes     allowed  made, s")
    with tools as playwright, tempfile.TemporaryDirectory() as folder:
        browser = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        for count in [int(word) for word in sys.argv[1:]] or LIMITS:
            print(measured(browser, count, Path(folder)), flush=True)
        browser.close()
    print(
        f"medians of {RUNS} runs of ours, of as many of plain pyvis as said; limits "
        + ", ".join(f"{n:,}: {s:g} s" for n, s in LIMITS.items())
    )
    return 0


def measured(browser: "Browser", count: int, folder: Path) -> Figures:
    """Both pages of one network, opened in turn."""
    nodes, records = make_network(count)
    ours, plain = folder / "ours.html", folder / "plain.html"
    page(View(nodes[:2], [], ""))  # what is imported at the first page
    start = perf_counter()
    text = page(View(nodes, records, f"{count:,} invented entities", "for the benchmark"))
    making = perf_counter() - start
    ours.write_text(text, encoding="utf-8", newline="\n")
    plain.write_text(_plain(nodes, records), encoding="utf-8")
    at = _somewhere(browser, ours)
    our_times: list[float] = []
    plain_times: list[float | None] = []
    for run in range(RUNS):
        our_times.append(_until_click(browser, ours, at))
        if run < PLAIN_RUNS and None not in plain_times:
            plain_times.append(_until_settled(browser, plain))
    settled = [seconds for seconds in plain_times if seconds is not None]
    return Figures(
        nodes=count,
        records=len(records),
        ours=statistics.median(our_times),
        plain=statistics.median(settled) if len(settled) == len(plain_times) else None,
        plain_runs=len(plain_times),
        size=ours.stat().st_size,
        making=making,
    )


# ---------------------------------------------------------------- the network


def make_network(count: int) -> tuple[list[ViewNode], list[ViewRecord]]:
    """A few hubs, many on the rim, and 1.5 records a node; the same at each run."""
    chance = random.Random(9)
    nodes = [
        ViewNode(f"{_BASE}entity/{name.lower().replace(' ', '-')}", name, _TYPES[n % 8]) for n, name in enumerate(_names(chance, count))
    ]
    pairs = [(number, _hub(chance, number)) for number in range(1, count)]
    pairs += [(number, _hub(chance, number)) for number in chance.choices(range(1, count), k=count // 2)]
    return nodes, [_record(chance, number, nodes[a], nodes[b]) for number, (a, b) in enumerate(pairs)]


def _names(chance: random.Random, count: int) -> list[str]:
    found: dict[str, None] = {}
    while len(found) < count:
        found[" ".join("".join(chance.choices(_SOUNDS, k=chance.randrange(2, 4))).capitalize() for _ in range(2))] = None
    return list(found)


def _hub(chance: random.Random, below: int) -> int:
    return int(below * chance.random() ** 4)


def _record(chance: random.Random, number: int, a: ViewNode, b: ViewNode) -> ViewRecord:
    kind, family, words = chance.choice(_ACTS)
    day = f"{chance.randrange(1948, 2025)}-{chance.randrange(1, 13):02}-{chance.randrange(1, 29):02}"
    text = (
        f"{a.label} {words} {b.label} in the {chance.choice(('spring', 'summer', 'autumn'))} {'of that same year ' * chance.randrange(3)}"
    )
    text = text.strip()[:120]
    start, cut = chance.randrange(200, 90_000), chance.randrange(60)
    source = f"source-{number % 12}"
    return ViewRecord(
        id=f"{_BASE}event/{chance.getrandbits(64):016x}",
        record="event",
        kind=kind,
        family=family,
        date=day,
        earliest=day,
        latest=day,
        realis=chance.choice(("actual", "actual", "actual", "reported", "planned")),
        nodes=(a.id, b.id),
        text=text,
        prefix=_AROUND[cut : cut + 40],
        suffix=_AROUND[cut + 20 : cut + 60],
        source_id=source,
        source_title=f"Chronicle {number % 12}",
        publisher="Free Almanac",
        perspective=None,
        start=start,
        end=start + len(text),
        rule=f"event-{family}",
        roles=("participant", "participant"),
        terms=(("type", "Event"), ("kind", kind.replace(" ", "")), ("realis", "actual")),
        evidence=f"{_BASE}evidence/{chance.getrandbits(64):016x}",
    )


def _plain(nodes: Sequence[ViewNode], records: Sequence[ViewRecord]) -> str:
    """The page that pyvis makes of the same nodes and edges, and a note of when it has settled."""
    network = import_module("pyvis.network").Network(cdn_resources="in_line")
    for node in nodes:
        network.add_node(node.id, label=node.label)
    for a, b in _edges(records):
        network.add_edge(a, b)
    text: str = network.generate_html(notebook=False)
    settled = '; network.once("stabilized", () => { window.settled = true; });'
    return text.replace("drawGraph();", f"drawGraph(){settled}")


def _edges(records: Sequence[ViewRecord]) -> Iterator[tuple[str, str]]:
    yield from sorted({pair for record in records for pair in combinations(sorted(record.nodes), 2)})


# ---------------------------------------------------------------- the browser


def _open(browser: "Browser", file: Path) -> tuple["Page", float]:
    width, height = SIZE
    context = browser.new_context(viewport={"width": width, "height": height}, offline=True, reduced_motion="reduce")
    opened = context.new_page()
    start = perf_counter()
    opened.goto(file.as_uri(), wait_until="commit")
    return opened, start


def _somewhere(browser: "Browser", file: Path) -> tuple[int, int]:
    """Where on the page a node is; it is there each time."""
    opened, _ = _open(browser, file)
    opened.locator("html[data-ready]").wait_for(timeout=120_000)
    box = opened.locator("#graph").bounding_box()
    assert box
    places = [(box["x"] + box["width"] * x / 40, box["y"] + box["height"] * y / 40) for y in range(16, 40) for x in range(10, 30)]
    for x, y in places:
        opened.mouse.click(round(x), round(y))
        if opened.locator("#panel h2.chosen:not(.pair)").count():
            opened.context.close()
            return round(x), round(y)
    raise RuntimeError(f"no node in the middle of {file.name}")


def _until_click(browser: "Browser", file: Path, at: tuple[int, int]) -> float:
    opened, start = _open(browser, file)
    opened.locator("html[data-ready]").wait_for(timeout=120_000)
    opened.mouse.click(*at)
    opened.locator("#panel h2.chosen").wait_for(timeout=120_000)
    seconds = perf_counter() - start
    opened.context.close()
    return seconds


def _until_settled(browser: "Browser", file: Path) -> float | None:
    from playwright.sync_api import TimeoutError as TookTooLong

    opened, start = _open(browser, file)
    try:
        opened.wait_for_function("window.settled", timeout=PATIENCE * 1000)
        return perf_counter() - start
    except TookTooLong:
        return None
    finally:
        opened.context.close()


if __name__ == "__main__":
    sys.exit(main())
