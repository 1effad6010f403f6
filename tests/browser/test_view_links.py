"""What several sources tell of one thing: side by side in the panel, never merged."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from playwright.sync_api import expect

from graph.views import ViewLink
from tests.invented_world import BLAME, PAIR, TREATY
from tests.open_pages import Visit

pytestmark = pytest.mark.browser

Open = Callable[..., Visit]

OTHER = replace(
    TREATY,
    id="https://example.org/record/other",
    text="put their names to a paper on fish",
    date="1968",
    earliest="1968-01-01",
    latest="1968-12-31",
    source_id="post",
    source_title="The Post",
    publisher="The Veskan Post",
    perspective="veskan",
)
APART = ViewLink("the treaty", (TREATY.id, OTHER.id), "date", ("June 1967", "1968"))
TOGETHER = ViewLink("the treaty", (TREATY.id, OTHER.id), independent=False)


def test_two_sources_that_differ_stand_side_by_side(visit: Open) -> None:
    tab = visit(PAIR, [TREATY, BLAME], links=[APART], asides=[OTHER])
    tab.search("Aldoria")
    treaty, blame = tab.page.locator("#panel article").all()
    assert blame.locator(".apart").count() == 0
    assert treaty.locator(".apart h4").inner_text() == "Sources differ in date"
    left, right = treaty.locator(".side").all()
    here = ["June 1967", "June 1967", "would sign a treaty on fisheries", "Free Almanac (aldorian), this record"]
    there = ["1968", "1968", "put their names to a paper on fish", "The Veskan Post (veskan)"]
    assert [side.locator("p, q").all_inner_texts() for side in (left, right)] == [here, there]
    boxes = [side.bounding_box() for side in (left, right)]
    assert boxes[0] and boxes[1]
    assert boxes[0]["y"] == boxes[1]["y"]
    assert boxes[0]["x"] + boxes[0]["width"] <= boxes[1]["x"] + 1


def test_a_linked_record_that_is_in_the_view_can_be_opened(visit: Open) -> None:
    tab = visit(PAIR, [TREATY, OTHER], links=[APART])
    tab.search("Aldoria")
    tab.page.locator("#panel article").first.get_by_role("button", name="Open").click()
    expect(tab.page.locator("#panel h2")).to_have_text("Agreement")
    assert tab.page.locator("#panel mark").all_inner_texts() == ["put their names to a paper on fish"]
    assert tab.page.evaluate("location.hash") == "#record=https%3A%2F%2Fexample.org%2Frecord%2Fother"


def test_records_that_are_only_linked_are_not_counted_nor_drawn(visit: Open) -> None:
    tab = visit(PAIR, [TREATY], links=[APART], asides=[OTHER])
    expect(tab.page.locator("#counts")).to_have_text("2 entities and 1 record from 1 source, 1967.")


def test_those_that_tell_the_same_are_listed_with_what_they_rest_on(visit: Open) -> None:
    tab = visit(PAIR, [TREATY], links=[TOGETHER], asides=[OTHER])
    tab.search("Aldoria")
    summary = tab.page.locator("#panel .together summary")
    assert summary.inner_text() == "Told by 1 other record, all from one origin"
    summary.click()
    expect(tab.page.locator("#panel .together q")).to_have_text("put their names to a paper on fish")


def test_a_record_without_an_entity_is_found_in_the_list(visit: Open) -> None:
    tab = visit(PAIR, [TREATY, replace(OTHER, nodes=())])
    assert tab.page.locator("#panel h3").all_inner_texts() == ["Names no one"]
    assert tab.page.locator("#panel mark").all_inner_texts() == ["put their names to a paper on fish"]


def test_what_a_query_says_has_no_source_and_no_words(visit: Open) -> None:
    said = replace(
        TREATY,
        record="statement",
        family="statement",
        source_id="",
        text="",
        prefix="",
        suffix="",
        terms=(("predicate", "https://example.org/knows"),),
    )
    tab = visit(PAIR, [said])
    tab.search("Aldoria")
    assert tab.page.locator("#panel article").count() == 1
    assert tab.page.locator("#panel blockquote, #panel .voices").count() == 0
    expect(tab.page.locator("#counts")).to_have_text("2 entities and 1 record from 0 sources, 1967.")
