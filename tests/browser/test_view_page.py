"""A view as a person meets it: real Chromium, the network cut, a mouse, a keyboard, a telephone."""

import re
from collections.abc import Callable
from dataclasses import replace

import pytest
from playwright.sync_api import expect

from graph.views import ViewNode, ViewRecord, page
from tests.invented_world import BLAME, PAIR, TREATY, shown
from tests.open_pages import Visit

pytestmark = pytest.mark.browser

World = tuple[list[ViewNode], list[ViewRecord]]
Open = Callable[..., Visit]


def test_it_opens_without_a_network_and_says_what_is_in_it(visit: Open, world: World) -> None:
    tab = visit(*world)
    expect(tab.page).to_have_title("Invented")
    expect(tab.page.locator("#counts")).to_have_text("40 entities and 120 records from 4 sources, 1948–2026.")
    assert tab.page.locator("#graph canvas").count() == 1


@pytest.mark.parametrize("name", ["Aldoria", "альдория", "Альдо"])
def test_search_finds_a_node_by_any_name_and_shows_the_exact_words(visit: Open, name: str) -> None:
    tab = visit(PAIR, [TREATY, BLAME])
    tab.search(name)
    expect(tab.page.locator("#panel h2")).to_have_text("Aldoria")
    assert tab.page.locator("#panel mark").all_inner_texts() == ["would sign a treaty on fisheries", "«позорный договор»"]


def test_a_record_shows_its_words_among_their_neighbours_and_its_three_voices(visit: Open) -> None:
    tab = visit(PAIR, [TREATY, BLAME])
    tab.search("וסקניה")
    planned, said = tab.page.locator("#panel article").all()
    assert planned.locator("blockquote").inner_text() == "…Aldoria and Veskany would sign a treaty on fisheries in the spring…"
    assert planned.locator(".realis").inner_text() == "planned"
    assert planned.locator("time").inner_text() == "June 1967"
    assert planned.locator(".detail").inner_text().split("\n") == ["item", "fisheries"]
    assert said.locator(".realis").count() == 0
    terms = said.locator(".voices dt").all_inner_texts()
    assert dict(zip(terms, said.locator(".voices dd").all_inner_texts(), strict=True)) == {
        "Said by": "Veskany",
        "Source": "Almanac of the Four Rivers, Free Almanac",
        "Perspective": "aldorian",
        "Words": "characters 120–152 of almanac",
        "Read by": "agreement-verb",
    }


def test_the_search_is_worked_by_keys_alone(visit: Open, world: World) -> None:
    tab = visit(*world)
    tab.page.keyboard.press("/")
    tab.page.keyboard.type("el")
    options = tab.page.locator("#matches [role=option]")
    expect(options.first).to_have_attribute("aria-selected", "true")
    second = options.nth(1).locator("bdi").first.inner_text()
    tab.page.keyboard.press("ArrowDown")
    expect(options.nth(1)).to_have_attribute("aria-selected", "true")
    expect(tab.page.locator("#search")).to_have_attribute("aria-activedescendant", "match-1")
    tab.page.keyboard.press("Enter")
    expect(tab.page.locator("#panel h2")).to_have_text(second)
    tab.page.keyboard.press("/")
    tab.page.keyboard.press("Escape")
    expect(tab.page.locator("#search")).to_have_value("")
    expect(tab.page.locator("#panel h2")).to_have_text("Entities")


def test_the_search_says_when_nobody_has_the_name(visit: Open, world: World) -> None:
    tab = visit(*world)
    tab.search("zzz")
    expect(tab.page.locator("#matches")).to_have_text("No entity has this name")
    assert tab.heading == "Entities"


def test_a_click_on_a_line_or_on_a_node_opens_the_panel(visit: Open) -> None:
    tab = visit(PAIR, [TREATY, BLAME])
    box = tab.page.locator("#graph").bounding_box()
    assert box is not None
    line = symbols_height(tab, box["x"] + box["width"] / 2, box["y"], box["height"])
    tab.page.mouse.click(box["x"] + box["width"] / 2, line)
    expect(tab.page.locator("#panel h2")).to_have_text(re.compile("Aldoria.*and.*Veskany", re.DOTALL))
    assert tab.page.locator("#panel article").count() == 2
    tab.page.keyboard.press("Escape")
    for x in range(int(box["x"]) + 10, int(box["x"] + box["width"]) - 10, 8):
        tab.page.mouse.move(x, line)
        if tab.page.locator("#tip").inner_text() == "Aldoria: 2 records":
            tab.page.mouse.click(x, line)
            break
    expect(tab.page.locator("#panel h2")).to_have_text("Aldoria")


def symbols_height(tab: Visit, x: float, top: float, height: float) -> float:
    """Where, on the way down the middle of the drawing, the line between the two nodes lies."""
    for y in range(int(top) + 10, int(top + height) - 10, 6):
        tab.page.mouse.move(x, y)
        if tab.page.locator("#tip").is_visible():
            assert tab.page.locator("#tip").inner_text() == "Aldoria and Veskany: 2 records"
            return y
    raise AssertionError("no line found")


def test_the_legend_is_a_filter_with_counts(visit: Open) -> None:
    tab = visit(PAIR, [TREATY, BLAME])
    tab.page.get_by_role("checkbox", name="Agreement").first.uncheck()
    expect(tab.page.locator("#counts")).to_contain_text("Shown: 1 record, 2 entities.")
    tab.search("Aldoria")
    assert tab.page.locator("#panel mark").all_inner_texts() == ["«позорный договор»"]
    expect(tab.page.locator("#panel .note")).to_contain_text("1 record is filtered out.")
    tab.page.get_by_role("checkbox", name="Oppose").uncheck()
    expect(tab.page.locator("#empty")).to_contain_text("Nothing passes these filters")
    tab.page.locator("#reset").click()
    expect(tab.page.locator("#counts")).to_have_text("2 entities and 2 records from 1 source, 1967–2001.")


def test_only_leaves_one_of_a_group(visit: Open, world: World) -> None:
    tab = visit(*world)
    count = tab.page.locator("fieldset").filter(has_text="Who").locator("li").filter(has_text="Person").locator(".count").inner_text()
    tab.page.get_by_role("button", name="Only Person").focus()
    tab.page.keyboard.press("Enter")
    expect(tab.page.locator("#counts")).to_contain_text(f"Shown: 120 records, {count} entities.")


def test_the_years_narrow_the_records_and_go_into_the_address(visit: Open) -> None:
    tab = visit(PAIR, [TREATY, BLAME])
    tab.page.locator("#year-from").fill("1990")
    expect(tab.page.locator("#span")).to_have_text("1990 – 2001")
    expect(tab.page.locator("#counts")).to_contain_text("Shown: 1 record")
    assert tab.page.evaluate("location.hash") == "#years=1990-2001"


def test_an_address_opens_the_same_view(visit: Open) -> None:
    first = visit(PAIR, [TREATY, BLAME])
    first.page.get_by_role("checkbox", name="Agreement").first.uncheck()
    first.search("Veskany")
    address = first.page.evaluate("location.hash")
    second = visit(PAIR, [TREATY, BLAME], address=address)
    assert second.heading == "Veskany"
    expect(second.page.locator("#counts")).to_contain_text("Shown: 1 record, 2 entities.")


@pytest.mark.parametrize("address", ["#at=nobody&no-family=<b>&years=9999-1", "#%E0%A4%A", "#at=https://example.org/aldoria&with=nobody"])
def test_a_broken_address_does_no_harm(visit: Open, address: str) -> None:
    tab = visit(PAIR, [TREATY, BLAME], address=address)
    assert tab.heading in {"Entities", "Aldoria"}


def test_the_list_leads_to_the_records_without_the_drawing(visit: Open) -> None:
    tab = visit(PAIR, [TREATY, BLAME])
    tab.page.locator("#panel button.entity").first.focus()
    tab.page.keyboard.press("Enter")
    expect(tab.page.locator("#panel h2")).to_be_focused()
    tab.page.get_by_role("button", name=re.compile("^Veskany")).first.press("Enter")
    expect(tab.page.locator("#panel h2")).to_have_text(re.compile("Aldoria.*and.*Veskany", re.DOTALL))
    tab.page.keyboard.press("Escape")
    expect(tab.page.locator("#panel h2")).to_have_text("Entities")


HOSTILE = (
    "<script>window.__xss=1</script>",
    "</script><script>window.__xss=1</script>",
    "<img src=x onerror=window.__xss=1>",
    '" onmouseover="window.__xss=1" x="',
    "javascript:window.__xss=1",
    "\u202egnirts desrever",
    "${window.__xss=1}",
)


@pytest.mark.parametrize("hostile", HOSTILE)
def test_hostile_text_does_nothing(visit: Open, hostile: str) -> None:
    nodes = [replace(PAIR[0], label=hostile, names=(hostile,), type=hostile), PAIR[1]]
    nasty = replace(
        TREATY,
        kind=hostile,
        family=hostile,
        date=hostile,
        realis=hostile,
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
    tab = visit(nodes, [nasty, replace(BLAME, source_id=hostile)])
    tab.search("Veskany")
    assert tab.page.locator("#panel mark").first.inner_text() == hostile
    tab.page.get_by_role("button", name="← All entities").click()
    tab.page.locator("#panel button.entity").first.hover()
    tab.page.mouse.move(640, 300)
    for summary in tab.page.locator("summary").all():
        summary.click()
    assert tab.page.evaluate("typeof window.__xss") == "undefined"
    assert tab.page.locator("script").count() == 3
    assert tab.page.locator("img, a, iframe").count() == 0


def test_nothing_to_draw_is_said_kindly(visit: Open) -> None:
    tab = visit([], [])
    expect(tab.page.locator("#empty")).to_contain_text("Nothing to draw yet")
    expect(tab.page.locator("#counts")).to_contain_text("0 entities and 0 records")


def test_entities_without_records_are_listed(visit: Open) -> None:
    tab = visit(PAIR, [])
    expect(tab.page.locator("#empty")).to_be_visible()
    tab.search("Aldoria")
    expect(tab.page.locator("#panel")).to_contain_text("No records name this entity in this view.")


def test_on_a_telephone_the_panel_and_the_legend_are_drawers(visit: Open, world: World) -> None:
    tab = visit(*world, width=390, height=844)
    expect(tab.page.locator("#panel")).to_be_hidden()
    expect(tab.page.locator("#filters")).to_be_hidden()
    tab.page.locator("#open-filters").click()
    tab.page.get_by_role("checkbox", name="Conflict").uncheck()
    tab.page.locator("#filters").get_by_role("button", name="Close").click()
    expect(tab.page.locator("#filters")).to_be_hidden()
    tab.search("Мирав")
    expect(tab.page.locator("#panel h2")).to_have_text("Mirav Halden")
    tab.page.locator("#panel").get_by_role("button", name="Close").click()
    expect(tab.page.locator("#panel")).to_be_hidden()
    assert tab.page.evaluate("document.documentElement.scrollWidth") == 390


@pytest.mark.parametrize("dark", [False, True])
def test_words_stand_out_from_their_ground_in_light_and_dark(visit: Open, dark: bool) -> None:
    tab = visit(PAIR, [TREATY], dark=dark)
    tab.search("Aldoria")
    for element in ("body", "#panel .hint", "#panel mark", "#panel .around", "#panel .link", "#counts"):
        assert tab.page.evaluate(CONTRAST, element) >= 4.5, element


CONTRAST = """(selector) => {
  const light = (text) => {
    const [r, g, b] = text.match(/[\\d.]+/g).map(Number).map((c) => (c /= 255) <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  let ground = document.querySelector(selector);
  const ink = light(getComputedStyle(ground).color);
  while (getComputedStyle(ground).backgroundColor === "rgba(0, 0, 0, 0)") ground = ground.parentElement;
  const paper = light(getComputedStyle(ground).backgroundColor);
  return (Math.max(ink, paper) + 0.05) / (Math.min(ink, paper) + 0.05);
}"""


def test_it_works_in_the_sandboxed_frame_of_a_notebook(visit: Open) -> None:
    tab = visit([], [])
    tab.page.evaluate(
        """(text) => {
          const frame = document.createElement("iframe");
          frame.setAttribute("sandbox", "allow-scripts");
          frame.srcdoc = text;
          document.body.replaceChildren(frame);
        }""",
        page(shown(PAIR, [TREATY], title="Framed")),
    )
    frame = tab.page.frame_locator("iframe")
    frame.locator("#open-panel").click()
    frame.locator("button.entity").first.click()
    expect(frame.locator("#panel mark")).to_have_text("would sign a treaty on fisheries")


def test_a_thousand_entities_answer(visit: Open, crowd: World) -> None:
    tab = visit(*crowd)
    tab.search("Member 999")
    expect(tab.page.locator("#panel h2")).to_have_text("Member 999")
    tab.page.get_by_role("checkbox", name="Person").uncheck()
    expect(tab.page.locator("#counts")).to_contain_text("Shown:")
