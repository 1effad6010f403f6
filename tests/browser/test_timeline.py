"""The timeline of a view: lanes, dates that are days and dates that are not, keys, the same panel."""

import re
from collections.abc import Callable
from dataclasses import replace

import pytest
from playwright.sync_api import Locator, expect

from graph.views import ViewNode, ViewRecord
from tests.invented_world import BLAME, PAIR, TREATY, make_nodes, make_records
from tests.open_pages import Visit

pytestmark = pytest.mark.browser

Open = Callable[..., Visit]

TIMELINE = "#face=timeline"


def on(days: str, number: int = 0, **more: object) -> ViewRecord:
    """An event of Aldoria on a day, or within ``first/last``, where a side may be open."""
    first, _, last = days.partition("/") if "/" in days else (days, "", days)
    fields = {"id": f"https://example.org/record/{days}-{number}", "date": days, "realis": "actual", "nodes": (PAIR[0].id,), **more}
    return replace(TREATY, earliest=first or None, latest=last or None, **fields)  # type: ignore[arg-type]


def undated(number: int) -> ViewRecord:
    return replace(on("2000-01-01", number), date=None, earliest=None, latest=None)


def lanes(tab: Visit) -> list[tuple[str, str, int]]:
    """The name of each lane, the count it tells, and how many marks it has."""
    found = tab.page.locator("#timeline g.lane").evaluate_all(
        "(lanes) => lanes.map((lane) => [lane.querySelector('title').textContent, lane.querySelector('.number').textContent,"
        " lane.querySelectorAll('.mark').length])"
    )
    return [(name, count, marks) for name, count, marks in found]


def mark(tab: Visit, kind: str) -> Locator:
    return tab.page.locator(f"#timeline .lane .mark.{kind}")


def number(element: Locator, attribute: str) -> float:
    return float(element.get_attribute(attribute) or "nan")


def test_a_record_stands_in_the_lane_of_each_of_its_actors(visit: Open) -> None:
    tab = visit(PAIR, [TREATY, BLAME, on("1980-05-06"), replace(on("1990-01-01"), nodes=())], address=TIMELINE)
    assert lanes(tab) == [("Aldoria", "3", 3), ("Veskany", "2", 2), ("Names no one", "1", 1)]


def test_actors_beyond_the_best_filled_share_a_lane(visit: Open) -> None:
    crowd = [ViewNode(f"https://example.org/{at:02}", f"Member {at:02}", "Person") for at in range(27)]
    records = [on("2001-02-03", at, nodes=(node.id,)) for at, node in enumerate(crowd)]
    both = on("2002-02-03", nodes=(crowd[25].id, crowd[26].id))
    tab = visit(crowd, [*records, both], address=TIMELINE)
    names = [name for name, _, _ in lanes(tab)]
    assert names[:3] == ["Member 25", "Member 26", "Member 00"]
    assert lanes(tab)[-1] == ("3 others", "3", 3)
    assert len(names) == 25


def test_an_actor_that_is_filtered_out_has_no_lane_and_its_records_stay(visit: Open) -> None:
    someone = ViewNode("https://example.org/someone", "Someone", "Person")
    tab = visit([*PAIR, someone], [TREATY, on("1980-05-06", nodes=(someone.id,))], address=TIMELINE)
    tab.page.get_by_role("checkbox", name="Person").uncheck()
    assert lanes(tab) == [("Aldoria", "1", 1), ("Veskany", "1", 1), ("1 other", "1", 1)]


def test_lanes_by_what_was_done_are_in_the_order_of_the_legend(visit: Open) -> None:
    tab = visit(PAIR, [BLAME, TREATY, on("1999-01-01", family="legal"), on("1999-01-02", family="contact")], address=TIMELINE)
    tab.page.get_by_label("Lanes by").select_option("Kind of act")
    assert lanes(tab) == [("Contact", "1", 1), ("Agreement", "1", 1), ("Legal action", "1", 1), ("Oppose", "1", 1)]


def test_lanes_by_source(visit: Open) -> None:
    own = on("1999-01-01", source_id="", source_title="", text="", record="statement")
    tab = visit(PAIR, [TREATY, BLAME, own], address=f"{TIMELINE}&lanes=source")
    assert lanes(tab) == [("Almanac of the Four Rivers", "2", 2), ("Your query", "1", 1)]


def test_the_address_keeps_the_lanes(visit: Open) -> None:
    first = visit(PAIR, [TREATY], address=TIMELINE)
    first.page.get_by_label("Lanes by").select_option("family")
    address = first.page.evaluate("location.hash")
    assert address == "#face=timeline&lanes=family"
    second = visit(PAIR, [TREATY], address=address)
    assert lanes(second) == [("Agreement", "1", 1)]
    expect(second.page.get_by_label("Lanes by")).to_have_value("family")


def test_a_bar_lies_over_all_the_days_it_may_be(visit: Open) -> None:
    tab = visit(PAIR, [on("2000-01-01"), on("2000-03-01/2000-05-31"), on("2000-12-31")], address=TIMELINE)
    first, last = (number(dot, "cx") for dot in mark(tab, "day").locator("circle").all())
    bar = mark(tab, "range").locator("rect")
    pixels = (last - first) / 365  # of a day: a dot is at noon
    assert number(bar, "x") == pytest.approx(first + 59.5 * pixels, abs=0.01)
    assert number(bar, "width") == pytest.approx(92 * pixels, abs=0.01)


def test_a_bar_without_an_end_fades_at_the_edge(visit: Open) -> None:
    tab = visit(PAIR, [on("2000-01-01"), on("2000-06-01/"), on("/2000-06-01", family="aid"), on("2000-12-31")], address=TIMELINE)
    stops = tab.page.locator("#timeline linearGradient").evaluate_all(
        "(all) => all.map((one) => [...one.children].map((stop) => stop.getAttribute('stop-opacity'))).map((own) => [own[0], own.at(-1)])"
    )
    assert sorted(stops) == [["0", "0.35"], ["0.35", "0"]]


def test_no_two_marks_lie_over_one_another(visit: Open) -> None:
    nodes = make_nodes()
    tab = visit(nodes, make_records(nodes, 120), address=TIMELINE)
    overlaps = tab.page.evaluate(
        """() => [...document.querySelectorAll("#timeline g.lane")].flatMap((lane) => {
          const boxes = [...lane.querySelectorAll(".mark > :first-child")].map((one) => one.getBBox());
          return boxes.flatMap((a, at) => boxes.slice(at + 1).filter((b) =>
            a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height));
        }).length"""
    )
    assert len(lanes(tab)) == 25
    assert overlaps == 0


def test_what_differs_does_not_differ_by_colour_alone(visit: Open) -> None:
    marks = [on("2000-01-01", 1), on("2000-02-01", 2, family="oppose"), on("2000-03-01", 3, date="2000-03-01~")]
    denied = on("2000-04-01", 4, realis="denied")
    tab = visit(PAIR, [*marks, denied, on("2000-05-01", 5, realis="planned")], address=TIMELINE)
    looks = mark(tab, "day").evaluate_all(
        """(all) => all.map((one) => {
          const { fill, fillOpacity, stroke, strokeDasharray } = getComputedStyle(one.firstChild);
          const ground = getComputedStyle(document.body).backgroundColor;
          const struck = one.querySelector(".strike") !== null;
          return [fill === ground, Number(fillOpacity), stroke !== "none", strokeDasharray !== "none", struck];
        })"""
    )
    filled, said, about, struck, planned = looks
    assert filled == [False, 1, False, False, False]
    assert said == [True, 1, True, False, False]
    assert about == [False, 0.6, True, True, False]
    assert struck == [False, 0.3, True, False, True]
    assert planned == [False, 0.3, True, False, False]


def test_the_foot_says_what_the_marks_mean_and_who_is_not_here(visit: Open) -> None:
    tab = visit(PAIR, [TREATY, BLAME, undated(1), undated(2)], address=TIMELINE)
    expect(tab.page.locator("#timeline .foot")).to_have_text(
        "2 records without a date are not here.that daysome day withinsaidplanned", use_inner_text=False
    )
    tab.page.locator("#undated").uncheck()
    expect(tab.page.locator("#not-here")).to_be_hidden()


def test_without_any_date_it_says_so(visit: Open) -> None:
    tab = visit(PAIR, [undated(1)], address=TIMELINE)
    expect(tab.page.locator("#not-here")).to_have_text("1 record without a date is not here.")
    assert lanes(tab) == []
    tab.page.locator("#timeline").focus()
    tab.page.keyboard.press("ArrowRight")
    expect(tab.page.locator("#at-mark")).to_have_text("")


def test_a_click_on_a_mark_opens_its_words(visit: Open) -> None:
    tab = visit(PAIR, [TREATY, BLAME], address=TIMELINE)
    mark(tab, "said").first.click()
    assert tab.page.locator("#panel mark").all_inner_texts() == ["«позорный договор»"]
    expect(mark(tab, "on")).to_have_count(2)  # in the lanes of both
    expect(mark(tab, "said.on")).to_have_count(2)
    tab.page.keyboard.press("Escape")
    expect(mark(tab, "on")).to_have_count(0)


def test_a_click_beside_all_marks_gives_up_the_choice(visit: Open) -> None:
    tab = visit(PAIR, [TREATY, BLAME], address=f"{TIMELINE}&at={PAIR[0].id}")
    expect(mark(tab, "on")).to_have_count(4)
    tab.page.locator("#timeline .paper").click(position={"x": 400, "y": 400})
    expect(tab.page.locator("#panel h2")).to_have_text("Entities")


def test_the_name_of_a_lane_leads_to_its_actor(visit: Open) -> None:
    tab = visit(PAIR, [TREATY, BLAME, on("1980-05-06")], address=TIMELINE)
    tab.page.locator("#timeline .pick").nth(1).click()
    expect(tab.page.locator("#panel h2")).to_have_text("Veskany")
    expect(mark(tab, "on")).to_have_count(4)
    assert tab.page.locator("#timeline .lane .mark:not(.on)").evaluate("(one) => getComputedStyle(one).opacity") == "0.18"


def test_the_pointer_is_told_when_what_and_who(visit: Open) -> None:
    tab = visit(PAIR, [TREATY, BLAME], address=TIMELINE)
    mark(tab, "range").first.hover()
    told = tab.page.locator("#tip .line").all_inner_texts()
    assert [re.sub("[\u2068\u2069]", "", line) for line in told] == ["June 1967", "Agreement, planned", "Aldoria · Veskany"]
    tab.page.locator("#search").hover()
    expect(tab.page.locator("#tip")).to_be_hidden()


def test_the_timeline_is_walked_by_keys_alone(visit: Open) -> None:
    steps = [on("1999-01-01"), on("1950-01-01"), on("1967-06-01/1967-06-30")]
    tab = visit(PAIR, [*steps, replace(BLAME, nodes=(PAIR[1].id,))], address=TIMELINE)
    tab.page.locator("#timeline").focus()
    said = tab.page.locator("#at-mark")
    for key, told in (
        ("ArrowRight", "1 January 1950"),
        ("ArrowRight", "1967-06-01/1967-06-30"),
        ("ArrowRight", "1 January 1999"),
        ("ArrowRight", "1 January 1999"),
        ("ArrowDown", "3 February 2001"),
        ("ArrowDown", "3 February 2001"),
        ("ArrowUp", "1 January 1999"),
        ("Home", "1 January 1950"),
        ("ArrowLeft", "1 January 1950"),
        ("End", "1 January 1999"),
        ("ArrowLeft", "1967-06-01/1967-06-30"),
    ):
        tab.page.keyboard.press(key)
        told = "1 June 1967 – 30 June 1967" if "/" in told else told
        expect(said).to_contain_text(told)
    expect(tab.page.locator("#timeline .ring")).to_be_visible()
    expect(tab.page.locator("#tip")).to_contain_text("1 June 1967")
    tab.page.keyboard.press("Enter")
    expect(tab.page.locator("#panel time")).to_have_text("1 June 1967 – 30 June 1967")
    expect(tab.page.locator("#timeline")).to_be_focused()
    tab.page.keyboard.press("/")
    expect(tab.page.locator("#timeline .ring")).to_be_hidden()


def test_what_the_keys_are_on_is_in_view(visit: Open) -> None:
    nodes = make_nodes()
    tab = visit(nodes, make_records(nodes, 120), address=TIMELINE)
    tab.page.locator("#timeline").focus()
    for _ in range(24):
        tab.page.keyboard.press("ArrowDown")
    expect(tab.page.locator("#timeline .ring")).to_be_in_viewport(ratio=1)
    paper, ring = tab.page.locator("#timeline .paper").bounding_box(), tab.page.locator("#timeline .ring").bounding_box()
    assert paper is not None
    assert ring is not None
    assert paper["y"] < ring["y"] < paper["y"] + paper["height"] - ring["height"]
    assert tab.page.locator("#timeline .paper").evaluate("(paper) => paper.scrollTop") > 0
    axis = tab.page.locator("#timeline .axis").bounding_box()
    assert axis is not None
    assert axis["y"] == pytest.approx(paper["y"], abs=1.5)


def test_filters_and_years_narrow_it(visit: Open) -> None:
    tab = visit(PAIR, [TREATY, BLAME, on("1980-05-06", family="aid")], address=f"{TIMELINE}&lanes=family")
    tab.page.get_by_role("checkbox", name="Oppose").uncheck()
    assert lanes(tab) == [("Agreement", "1", 1), ("Aid", "1", 1)]
    tab.page.locator("#year-from").fill("1970")
    assert lanes(tab) == [("Aid", "1", 1)]
    tab.page.locator("#year-to").fill("1980")
    ticks = tab.page.locator("#timeline .axis text").all_text_contents()
    assert ticks == [str(year) for year in range(1970, 1981, 2)]


def test_a_year_shows_its_months_and_a_day_its_neighbours(visit: Open) -> None:
    tab = visit(PAIR, [on("2000-02-03"), on("2000-11-05")], address=TIMELINE)
    assert tab.page.locator("#timeline .axis text").all_text_contents() == ["Apr 2000", "Jul 2000", "Oct 2000"]
    alone = visit(PAIR, [on("2000-02-03")], address=TIMELINE)
    assert alone.page.locator("#timeline .axis text").all_text_contents() == ["1 Feb 2000", "3 Feb 2000", "5 Feb 2000"]


def test_too_many_of_one_day_are_one_mark_with_their_count(visit: Open) -> None:
    tab = visit(PAIR, [on("2000-02-03", at) for at in range(70)] + [on("1990-02-03")], address=TIMELINE)
    assert lanes(tab) == [("Aldoria", "71", 2)]
    expect(mark(tab, "together")).to_have_text("×70")
    mark(tab, "together").click()
    expect(tab.page.locator("#panel h2")).to_have_text("2000")
    expect(tab.page.locator("#panel article")).to_have_count(60)
    tab.page.get_by_role("button", name="Show 10 more of 10").click()
    expect(tab.page.locator("#panel article")).to_have_count(70)


def test_a_crowd_of_five_thousand_loses_nothing_and_keeps_nobody_waiting(visit: Open) -> None:
    nodes = make_nodes()
    records = make_records(nodes, 5000)
    tab = visit(nodes, records, address=TIMELINE)
    milliseconds = tab.page.locator("#lanes").evaluate(
        """(lanes) => {
          const before = performance.now();
          lanes.value = "family";
          lanes.dispatchEvent(new Event("change"));
          document.querySelector("#timeline .body").getBoundingClientRect();
          return performance.now() - before;
        }"""
    )
    assert milliseconds < 1500
    drawn = tab.page.locator("#timeline .lane .mark").evaluate_all(
        "(all) => all.reduce((sum, one) => sum + Number(one.textContent.replace(/[×,]/g, '') || 1), 0)"
    )
    assert drawn == sum(record.earliest is not None for record in records)
    assert mark(tab, "together").count() > 0


@pytest.mark.parametrize(
    "hostile", ["<img src=x onerror=window.__xss=1>", "</script><script>window.__xss=1</script>", "\u202egnirts", "url(#x)"]
)
def test_hostile_labels_do_nothing(visit: Open, hostile: str) -> None:
    nodes = [replace(PAIR[0], label=hostile, type=hostile), PAIR[1]]
    nasty = replace(TREATY, kind=hostile, family=hostile, date=hostile, realis=hostile, source_title=hostile, source_id=hostile)
    tab = visit(nodes, [nasty], address=TIMELINE)
    for by in ("actor", "family", "source"):
        tab.page.locator("#lanes").select_option(by)
        mark(tab, "range").first.hover()
        mark(tab, "range").first.click()
        assert hostile in [name for name, _, _ in lanes(tab)] or by == "family"
    assert tab.page.evaluate("typeof window.__xss") == "undefined"
    assert tab.page.locator("script").count() == 3
    assert tab.page.locator("img, a, iframe").count() == 0


def test_names_of_any_script_stay_in_their_column(visit: Open) -> None:
    hebrew = ViewNode("https://example.org/name", "דבורה אלקן (Elkan)", "Person")
    tab = visit([*PAIR, hebrew], [replace(TREATY, nodes=(hebrew.id, PAIR[0].id))], address=TIMELINE)
    lefts = tab.page.locator("#timeline .name text:not(.number)").evaluate_all(
        "(all) => all.map((one) => Math.round(one.getBoundingClientRect().left))"
    )
    assert lefts[0] == pytest.approx(lefts[1], abs=2)


@pytest.mark.parametrize("dark", [False, True])
def test_a_telephone_has_the_names_above_and_does_not_scroll_sideways(visit: Open, dark: bool) -> None:
    nodes = make_nodes()
    tab = visit(nodes, make_records(nodes, 120), width=390, height=844, dark=dark, address=TIMELINE)
    assert tab.page.evaluate("document.documentElement.scrollWidth") == 390
    assert tab.page.locator("#timeline .paper").evaluate("(paper) => paper.scrollWidth - paper.clientWidth") == 0
    name = tab.page.locator("#timeline .name text").first.bounding_box()
    mark = tab.page.locator("#timeline .lane").first.locator(".mark").first.bounding_box()
    lanes_by = tab.page.locator("#lanes").bounding_box()
    tools = tab.page.locator("#tools").bounding_box()
    assert name is not None
    assert mark is not None
    assert lanes_by is not None
    assert tools is not None
    assert name["y"] + name["height"] <= mark["y"] + 1
    assert tools["y"] + tools["height"] <= lanes_by["y"]


def test_it_is_as_wide_as_its_stage(visit: Open) -> None:
    tab = visit(PAIR, [TREATY, BLAME], address=TIMELINE)
    body = tab.page.locator("#timeline .body")
    before = number(body, "width")
    tab.page.set_viewport_size({"width": 1000, "height": 800})
    expect(body).not_to_have_attribute("width", str(int(before)))
    stage = tab.page.locator("#stage").bounding_box()
    assert stage is not None
    assert number(body, "width") == stage["width"]
