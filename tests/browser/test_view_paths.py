"""The path between two entities, as the page finds it; ``irkg path`` and the page must agree."""

from collections.abc import Callable
from dataclasses import replace
from itertools import combinations

import pytest
from playwright.sync_api import expect

from graph.views import ViewNode, ViewRecord
from graph.ways import Evidence, best_way
from tests.invented_world import PAIR, TREATY
from tests.open_pages import Visit

pytestmark = pytest.mark.browser

World = tuple[list[ViewNode], list[ViewRecord]]
Open = Callable[..., Visit]

A, B, C, D = (ViewNode(f"https://example.org/{name}", name, "Person") for name in ("Ada", "Boris", "Clio", "Dov"))


def between(number: int, *nodes: ViewNode, realis: str | None = "actual") -> ViewRecord:
    return replace(TREATY, id=f"https://example.org/record/{number}", nodes=tuple(node.id for node in nodes), realis=realis)


def steps(tab: Visit) -> list[str]:
    return tab.page.locator("#panel h3").all_inner_texts()


def test_a_path_by_the_button_and_the_search(visit: Open) -> None:
    tab = visit([A, B, C], [between(1, A, B), between(2, B, C)])
    tab.search("Ada")
    tab.page.get_by_role("button", name="Path to …").click()
    expect(tab.page.locator("#panel .asked")).to_contain_text("A path to whom?")
    tab.search("Clio")
    assert steps(tab) == ["Ada – Boris", "Boris – Clio"]
    assert tab.page.locator("#panel .hint").first.inner_text() == "2 steps"
    assert tab.page.locator("#panel article").count() == 2


def test_a_path_by_keys_alone_and_its_address(visit: Open) -> None:
    world = [A, B, C], [between(1, A, B), between(2, B, C)]
    tab = visit(*world)
    tab.search("Clio")
    tab.page.locator("#panel h2").focus()
    tab.page.keyboard.press("p")
    tab.search("Ada")
    assert steps(tab) == ["Clio – Boris", "Boris – Ada"]
    address = tab.page.evaluate("location.hash")
    assert address == "#at=https%3A%2F%2Fexample.org%2FClio&to=https%3A%2F%2Fexample.org%2FAda"
    again = visit(*world, address=address)
    assert steps(again) == ["Clio – Boris", "Boris – Ada"]
    again.page.keyboard.press("Escape")
    expect(again.page.locator("#panel h2")).to_have_text("Entities")


def test_asked_twice_the_path_is_given_up(visit: Open) -> None:
    tab = visit([A, B], [between(1, A, B)])
    tab.search("Ada")
    tab.page.get_by_role("button", name="Path to …").click()
    tab.page.get_by_role("button", name="Path to …").click()
    tab.search("Boris")
    expect(tab.page.locator("#panel h2")).to_have_text("Boris")


def test_a_second_entity_with_shift_shows_the_path(visit: Open) -> None:
    tab = visit(PAIR, [replace(TREATY, realis="actual")])
    first, second = (place_of(tab, node.label) for node in PAIR)
    tab.page.mouse.click(*first)
    expect(tab.page.locator("#panel h2")).to_have_text("Aldoria")
    tab.page.keyboard.down("Shift")
    tab.page.mouse.click(*second)
    tab.page.keyboard.up("Shift")
    assert steps(tab) == ["Aldoria – Veskany"]


def place_of(tab: Visit, label: str) -> tuple[int, int]:
    """Where a node lies, found as a person would: by pointing until the tip names it."""
    box = tab.page.locator("#graph").bounding_box()
    assert box is not None
    for y in range(int(box["y"]) + 60, int(box["y"] + box["height"]) - 10, 14):
        for x in range(int(box["x"]) + 10, int(box["x"] + box["width"]) - 10, 14):
            tab.page.mouse.move(x, y)
            if tab.page.locator("#tip").inner_text() == f"{label}: 1 record":
                return x, y
    raise AssertionError(f"{label} is not in the drawing")


def test_no_path_over_what_is_filtered_out_planned_or_refused(visit: Open) -> None:
    tab = visit([A, B, C], [between(1, A, B), between(2, B, C, realis="planned")], address=f"#at={A.id}&to={C.id}")
    assert tab.page.locator("#panel .hint").first.inner_text() == "Nothing that is shown connects them."
    assert steps(tab) == []
    near = visit([A, B], [between(1, A, B)], address=f"#at={A.id}&to={B.id}&no-realis=actual")
    assert near.page.locator("#panel .hint").first.inner_text() == "Nothing that is shown connects them."


def test_the_better_evidenced_of_two_paths(visit: Open) -> None:
    weak = [between(1, A, B, realis="reported"), between(2, B, D)]
    strong = [between(3, A, C), between(4, A, C), between(5, C, D)]
    tab = visit([A, B, C, D], [*weak, *strong], address=f"#at={A.id}&to={D.id}")
    assert steps(tab) == ["Ada – Clio", "Clio – Dov"]


def test_a_step_of_many_records_leads_to_all_of_them(visit: Open) -> None:
    tab = visit([A, B], [between(number, A, B) for number in range(5)], address=f"#at={A.id}&to={B.id}")
    assert tab.page.locator("#panel article").count() == 3
    tab.page.get_by_role("button", name="All 5 records of this step").click()
    assert tab.page.locator("#panel article").count() == 5


def test_the_page_finds_the_paths_of_the_command(visit: Open, world: World) -> None:
    nodes, records = world
    told = [Evidence(r.id, r.nodes, r.realis == "reported") for r in records if r.realis in (None, "actual", "reported")]
    by_iri = {node.id: node.label for node in nodes}
    pairs = list(combinations([node.id for node in nodes[::4]], 2))
    tab = visit(nodes, records)
    compared = 0
    for start, goal in pairs:
        way = best_way(told, start, goal)
        tab.page.evaluate("([at, to]) => { location.hash = new URLSearchParams({ at, to }).toString(); }", [start, goal])
        expect(tab.page.locator("#panel h2")).to_contain_text(by_iri[goal])
        expect(tab.page.locator("#panel h2")).to_contain_text(by_iri[start])
        assert steps(tab) == [f"{by_iri[step.one]} – {by_iri[step.other]}" for step in way or []]
        compared += len(way or [])
    assert compared > 50
