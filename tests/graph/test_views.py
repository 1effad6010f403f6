"""The bytes of a view: one safe file, the same each time. What a browser does with it: tests/browser."""

import base64
import hashlib
import random
import re
from dataclasses import replace
from html.parser import HTMLParser
from itertools import combinations
from typing import Any

import pytest

from graph.views import MAX_NODES, MAX_PARTIES, View, ViewNode, ViewRecord, page
from graph.views.layout import GAP, positions
from tests.payloads import payload_in

NODES = [
    ViewNode("https://example.org/aldoria", "Aldoria", "State", ("Альдория", "אלדוריה")),
    ViewNode("https://example.org/veskany", "Veskany", "State", ("Вескания",)),
    ViewNode("https://example.org/halden", "Mirav Halden", "Person"),
    ViewNode("https://example.org/alone", "Port Sillaby", "Place"),
]
MEETING = ViewRecord(
    id="https://example.org/record/1",
    record="event",
    kind="Meeting",
    family="contact",
    date="2018-07-11",
    earliest="2018-07-11",
    latest="2018-07-11",
    realis="actual",
    nodes=("https://example.org/aldoria", "https://example.org/veskany", "https://example.org/halden"),
    text="Халден met the envoys of Veskany",
    prefix="In July ",
    suffix=" at the old port.",
    source_id="almanac",
    source_title="Almanac of the Four Rivers",
    publisher="Free Almanac",
    perspective=None,
    start=120,
    end=152,
    rule="contact-verb",
)
PRAISE = replace(
    MEETING,
    id="https://example.org/record/2",
    record="stance",
    kind="praise",
    family="support",
    date="1967",
    earliest="1967-01-01",
    latest="1967-12-31",
    realis=None,
    nodes=("https://example.org/veskany", "https://example.org/halden"),
    source_id="post",
    source_title="The Post",
    speaker="Veskany",
)

HOSTILE = (
    "<script>alert(1)</script>",
    "</script><script>alert(1)</script>",
    "<!--<script>",
    '"onmouseover="alert(1)',
    "<img src=x onerror=alert(1)>",
    "javascript:alert(1)",
    "\u202eevil\u2066\u200f",
    "line\u2028end\u2029\ud800",
    "{{ 7 * 7 }} {% raw %}",
)


class Page(HTMLParser):
    """The elements of a page with their attributes, and the text of its scripts and styles."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.texts: dict[int, str] = {}  # by the number of the element
        self.inside = -1
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.inside = len(self.elements)
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        self.inside = -1

    def handle_data(self, data: str) -> None:
        self.texts[self.inside] = self.texts.get(self.inside, "") + data

    def content(self, tag: str) -> list[str]:
        """The text of each element of this name that is no block of data."""
        return [self.texts[at] for at, (name, attributes) in enumerate(self.elements) if name == tag and "type" not in attributes]

    @property
    def payload(self) -> dict[str, Any]:
        (text,) = (self.texts[at] for at, (_, attributes) in enumerate(self.elements) if attributes.get("id") == "payload")
        return payload_in(text)


def made(nodes: list[ViewNode] | None = None, records: list[ViewRecord] | None = None, title: str = "T", subtitle: str = "S") -> str:
    return page(View(NODES if nodes is None else nodes, [MEETING, PRAISE] if records is None else records, title, subtitle))


def column(payload: dict[str, Any], name: str) -> list[Any]:
    return [record[name] for record in payload["records"]]


def test_the_same_bytes_twice_and_in_any_order() -> None:
    first = made()
    assert made() == first
    assert made(nodes=NODES[::-1], records=[PRAISE, MEETING]) == first


def test_records_come_in_the_order_of_their_dates_with_everything_they_have() -> None:
    payload = Page(made()).payload
    assert column(payload, "id") == [PRAISE.id, MEETING.id]
    assert column(payload, "text") == [PRAISE.text, MEETING.text]
    assert column(payload, "family") == ["support", "contact"]
    assert column(payload, "speaker") == ["Veskany", None]
    assert (column(payload, "start"), column(payload, "end")) == ([120, 120], [152, 152])
    assert payload["sources"][0] == {
        "id": "almanac",
        "title": "Almanac of the Four Rivers",
        "publisher": "Free Almanac",
        "perspective": None,
    }
    assert column(payload, "source") == [1, 0]


def test_records_between_two_nodes_are_one_edge() -> None:
    payload = Page(made()).payload
    names = [node["name"] for node in payload["nodes"]]
    bundles = {(names[edge["from"]], names[edge["to"]]): edge["records"] for edge in payload["edges"]}
    assert bundles == {("Aldoria", "Mirav Halden"): [1], ("Aldoria", "Veskany"): [1], ("Mirav Halden", "Veskany"): [0, 1]}


def test_the_network_is_one_of_pyvis_with_physics_off_and_whole_positions() -> None:
    payload = Page(made()).payload
    assert payload["options"]["physics"] == {"enabled": False}
    assert {node["shape"] for node in payload["nodes"]} == {"square", "dot", "triangleDown"}
    assert all(isinstance(node["x"], int) and isinstance(node["y"], int) for node in payload["nodes"])
    assert len({(node["x"], node["y"]) for node in payload["nodes"]}) == len(NODES)


@pytest.mark.parametrize("hostile", HOSTILE)
def test_hostile_text_stays_text(hostile: str) -> None:
    plain = Page(made())
    node = ViewNode(NODES[0].id, hostile, hostile, (hostile,))
    record = replace(
        MEETING,
        kind=hostile,
        family=hostile,
        text=hostile,
        prefix=hostile,
        suffix=hostile,
        source_title=hostile,
        publisher=hostile,
        perspective=hostile,
        speaker=hostile,
        rule=hostile,
        detail=((hostile, hostile),),
    )
    text = made(nodes=[node, *NODES[1:]], records=[record], title=hostile, subtitle=hostile)
    text.encode("utf-8")
    hurt = Page(text)
    assert hurt.elements == plain.elements
    assert hurt.payload["nodes"][[node["iri"] for node in hurt.payload["nodes"]].index(NODES[0].id)]["name"] == hostile
    assert column(hurt.payload, "text") == [hostile]


def test_marks_that_turn_the_direction_of_text_are_written_as_numbers() -> None:
    label = "\u202eevil\u2066\u200f"
    text = made(nodes=[replace(NODES[0], label=label), *NODES[1:]], title=label)
    assert not set(label) - set("evil") & set(text)
    assert r"\u202eevil\u2066\u200f" in text
    assert "&#8238;evil&#8294;&#8207;" in text


def test_no_less_than_sign_in_the_data() -> None:
    text = made(records=[replace(MEETING, text="a < b > c & d")])
    (block,) = re.findall(r'<script type="application/json" id="payload">(.*?)</script>', text, re.DOTALL)
    assert set("<>&") & set(block) == set()
    assert r"a \u003c b \u003e c \u0026 d" in block


def test_cyrillic_and_hebrew_are_kept() -> None:
    text = made(title="Альдория")
    assert all(word in text for word in ("<title>Альдория</title>", "Вескания", "אלדוריה", "Халден met"))
    assert '<meta charset="utf-8">' in text


def test_the_page_loads_nothing() -> None:
    found = Page(made()).elements
    loaders = {"src", "href", "srcset", "data", "action", "formaction", "poster", "background", "style", "ping"}
    assert {tag for tag, attributes in found if loaders & set(attributes)} == set()
    assert {tag for tag, _ in found} & {"link", "iframe", "object", "embed", "img", "base", "form", "a"} == set()
    assert not [name for _, attributes in found for name in attributes if name.startswith("on")]


def test_the_style_names_no_address() -> None:
    (style,) = Page(made()).content("style")
    assert "url(" not in style
    assert "@import" not in style


def test_the_policy_allows_exactly_the_scripts_and_the_style_of_the_page() -> None:
    found = Page(made())
    (policy,) = (attributes["content"] for tag, attributes in found.elements if attributes.get("http-equiv") == "Content-Security-Policy")
    assert policy is not None
    directives = {name: values for name, *values in (part.split() for part in policy.split(";"))}
    assert directives["default-src"] == ["'none'"]
    assert directives["img-src"] == ["data:"]
    assert (directives["base-uri"], directives["form-action"]) == (["'none'"], ["'none'"])
    assert directives["script-src"] == [hashed(text) for text in found.content("script")]
    assert directives["style-src"] == [hashed(text) for text in found.content("style")]
    assert len(directives["script-src"]) == 2


def hashed(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def test_the_library_keeps_its_licence_and_asks_for_no_source_map() -> None:
    library, ours = Page(made()).content("script")
    assert "vis.js is dual licensed under both" in library[:1000]
    assert "sourceMappingURL" not in library + ours


def test_our_scripts_put_no_markup_together() -> None:
    ours = Page(made()).content("script")[1]
    assert (
        re.findall(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(|new Function|fetch\(|XMLHttp|localStorage", ours) == []
    )


def test_what_is_left_out_is_counted() -> None:
    stranger = replace(MEETING, id="https://example.org/record/3", nodes=("https://example.org/unknown",))
    payload = Page(made(records=[MEETING, stranger])).payload
    assert payload["leftOut"] == {"entities": 0, "records": 1}
    assert column(payload, "id") == [MEETING.id]


def test_the_best_connected_stay_when_there_are_too_many() -> None:
    crowd = [ViewNode(f"https://example.org/{number:05}", f"Member {number}", "Person") for number in range(MAX_NODES + 3)]
    last = replace(MEETING, nodes=(crowd[-1].id, crowd[-2].id))
    payload = Page(made(nodes=crowd, records=[last])).payload
    assert payload["leftOut"] == {"entities": 3, "records": 0}
    assert {crowd[-1].id, crowd[-2].id} <= {node["iri"] for node in payload["nodes"]}


def test_a_record_of_very_many_parties_draws_no_lines() -> None:
    crowd = [ViewNode(f"https://example.org/{number:05}", f"State {number}", "State") for number in range(MAX_PARTIES + 1)]
    parties = tuple(node.id for node in crowd)
    assert Page(made(nodes=crowd, records=[replace(MEETING, nodes=parties)])).payload["edges"] == []
    lines = Page(made(nodes=crowd, records=[replace(MEETING, nodes=parties[:-1])])).payload["edges"]
    assert len(lines) == MAX_PARTIES * (MAX_PARTIES - 1) // 2


def test_a_node_named_twice_in_a_record_meets_no_one() -> None:
    payload = Page(made(records=[replace(MEETING, nodes=(NODES[0].id, NODES[0].id))])).payload
    assert payload["edges"] == []
    assert column(payload, "nodes") == [[0]]


def test_nothing_at_all_is_still_a_page() -> None:
    payload = Page(page(View([], [], "Nothing"))).payload
    assert (payload["nodes"], payload["edges"], payload["sources"]) == ([], [], [])


def test_the_file_is_small() -> None:
    crowd = [ViewNode(f"https://w3id.org/irkg/entity/member-{number}", f"Member {number}", "Person") for number in range(1000)]
    records = [
        replace(MEETING, id=f"https://w3id.org/irkg/record/{number:016x}", nodes=(crowd[number].id, crowd[number // 3].id))
        for number in range(1000)
    ]
    assert len(made(nodes=crowd, records=records).encode()) < 1_200_000 + 400 * len(crowd)


# ---------------------------------------------------------------- layout


def network(count: int) -> tuple[dict[tuple[int, int], float], list[tuple[float, float]]]:
    chance = random.Random(5)
    edges = {(number * number // count, number): 1.0 + number % 3 for number in range(count * 9 // 10) if number * number // count < number}
    return edges, [(30.0 + chance.randrange(90), 30.0 + chance.randrange(40)) for _ in range(count)]


@pytest.mark.parametrize("count", [2, 3, 40, 600])
def test_no_two_boxes_overlap(count: int) -> None:
    edges, boxes = network(count)
    places = positions(edges, boxes)
    assert len(places) == count
    overlapping = [
        (a, b)
        for a, b in combinations(range(count), 2)
        if abs(places[a][0] - places[b][0]) < (boxes[a][0] + boxes[b][0] + GAP) / 2 - 1
        and abs(places[a][1] - places[b][1]) < (boxes[a][1] + boxes[b][1] + GAP) / 2 - 1
    ]
    assert overlapping == []


def test_positions_are_the_same_at_each_run() -> None:
    edges, boxes = network(120)
    backwards = dict(reversed(edges.items()))
    assert positions(edges, boxes) == positions(backwards, boxes)


@pytest.mark.parametrize(("count", "expected"), [(0, []), (1, [(0, 25)])])
def test_the_smallest_networks(count: int, expected: list[tuple[int, int]]) -> None:
    assert positions({}, [(100.0, 50.0)] * count) == expected


def test_the_better_connected_stand_nearer_the_middle() -> None:
    star = {(0, number): 1.0 for number in range(1, 30)}
    places = positions(star, [(60.0, 30.0)] * 30)
    middle = (sum(x for x, _ in places) / 30, sum(y for _, y in places) / 30)
    distances = [abs(x - middle[0]) + abs(y - middle[1]) for x, y in places]
    assert distances.index(min(distances)) == 0
