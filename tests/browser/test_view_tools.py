"""The tools of a page: its two faces, freezing, full screen, keys."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from graph.views import ViewNode, ViewRecord
from tests.invented_world import BLAME, PAIR, TREATY
from tests.open_pages import Visit

pytestmark = pytest.mark.browser

World = tuple[list[ViewNode], list[ViewRecord]]
Open = Callable[..., Visit]


def test_one_page_has_two_faces(visit: Open) -> None:
    tab = visit(PAIR, [TREATY, BLAME])
    expect(tab.page.locator("#timeline")).to_be_hidden()
    tab.page.get_by_role("button", name="Timeline").click()
    expect(tab.page.locator("#timeline")).to_be_visible()
    expect(tab.page.locator("#graph")).to_be_hidden()
    assert tab.page.evaluate("location.hash") == "#face=timeline"
    tab.page.keyboard.press("t")
    expect(tab.page.locator("#graph")).to_be_visible()
    assert tab.page.evaluate("location.hash") == ""


def test_a_view_may_open_with_its_timeline(visit: Open) -> None:
    tab = visit(PAIR, [TREATY], opening={"face": "timeline"})
    expect(tab.page.locator("#timeline")).to_be_visible()
    tab.page.keyboard.press("t")
    assert tab.page.evaluate("location.hash") == "#face=network"
    again = visit(PAIR, [TREATY], opening={"face": "timeline"}, address="#face=network")
    expect(again.page.locator("#timeline")).to_be_hidden()


def test_a_view_may_open_with_a_choice(visit: Open) -> None:
    tab = visit(PAIR, [TREATY], opening={"at": PAIR[1].id})
    expect(tab.page.locator("#panel h2")).to_have_text("Veskany")


def test_a_loosened_drawing_moves_until_it_is_frozen(visit: Open, world: World) -> None:
    tab = visit(*world)
    still = picture(tab)
    assert picture(tab) == still
    tab.page.get_by_role("button", name="Loosen").click()
    tab.page.wait_for_function("(before) => document.querySelector('#graph canvas').toDataURL() !== before", arg=still)
    tab.page.get_by_role("button", name="Freeze").click()
    expect(tab.page.locator("#loosen")).to_have_text("Loosen")
    frozen = picture(tab)
    tab.page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    assert picture(tab) == frozen
    assert frozen != still


def picture(tab: Visit) -> str:
    return str(tab.page.evaluate("document.querySelector('#graph canvas').toDataURL()"))


def test_full_screen_and_back(visit: Open) -> None:
    tab = visit(PAIR, [TREATY])
    tab.page.get_by_role("button", name="Full screen").click()
    tab.page.wait_for_function("document.fullscreenElement !== null")
    tab.page.keyboard.press("x")
    tab.page.wait_for_function("document.fullscreenElement === null")


def test_the_keys_are_told_in_a_dialog_that_escape_closes(visit: Open) -> None:
    tab = visit(PAIR, [TREATY])
    tab.search("Aldoria")
    tab.page.locator("#panel h2").focus()
    tab.page.keyboard.press("?")
    keys = tab.page.locator("#keys")
    expect(keys).to_be_visible()
    assert keys.locator("dt").all_inner_texts() == ["/", "t", "f", "l", "d", "p", "y", "z", "x", "a", "?", "Escape", "Shift + click"]
    tab.page.keyboard.press("Escape")
    expect(keys).to_be_hidden()
    expect(tab.page.locator("#panel h2")).to_have_text("Aldoria")


@pytest.mark.parametrize(("key", "focused"), [("f", "#filters input"), ("l", "#panel button.entity"), ("d", "#graph"), ("/", "#search")])
def test_a_key_goes_to_each_part_of_the_page(visit: Open, key: str, focused: str) -> None:
    tab = visit(PAIR, [TREATY, BLAME])
    tab.page.keyboard.press(key)
    expect(tab.page.locator(focused).first).to_be_focused()


def test_keys_typed_into_the_search_are_text(visit: Open) -> None:
    tab = visit(PAIR, [TREATY])
    tab.page.keyboard.press("/")
    tab.page.keyboard.type("tp?x")
    expect(tab.page.locator("#search")).to_have_value("tp?x")
    expect(tab.page.locator("#keys")).to_be_hidden()
    expect(tab.page.locator("#timeline")).to_be_hidden()


def test_the_years_run_by_a_key_and_stop_by_it(visit: Open) -> None:
    tab = visit(PAIR, [TREATY, BLAME])
    tab.page.keyboard.press("y")
    expect(tab.page.locator("#play")).to_have_text("Pause")
    expect(tab.page.locator("#span")).not_to_have_text("1967 – 2001")
    tab.page.keyboard.press("y")
    expect(tab.page.locator("#play")).to_have_text("Play")


def test_all_is_shown_again_by_a_key(visit: Open) -> None:
    tab = visit(PAIR, [TREATY, BLAME], address="#no-family=agreement")
    expect(tab.page.locator("#counts")).to_contain_text("Shown: 1 record")
    tab.page.keyboard.press("a")
    expect(tab.page.locator("#counts")).to_have_text("2 entities and 2 records from 1 source, 1967–2001.")
