"""The invented world, and a browser without a network to look at it with."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext

from graph.views import ViewNode, ViewRecord, page
from tests.invented_world import make_crowd, make_nodes, make_records, shown
from tests.open_pages import Visit, listen

Open = Callable[..., Visit]


@pytest.fixture(scope="session")
def world() -> tuple[list[ViewNode], list[ViewRecord]]:
    nodes = make_nodes()
    return nodes, make_records(nodes, 120)


@pytest.fixture(scope="session")
def crowd() -> tuple[list[ViewNode], list[ViewRecord]]:
    return make_crowd(1000)


@pytest.fixture
def visit(browser: Browser, tmp_path: Path) -> Iterator[Open]:
    """Opens a view in a context without a network; at the end, no request and no complaint may have been made."""
    contexts: list[BrowserContext] = []
    visits: list[Visit] = []

    def open_page(
        nodes: list[ViewNode],
        records: list[ViewRecord],
        *,
        width: int = 1280,
        height: int = 800,
        address: str = "",
        dark: bool = False,
        **more: object,
    ) -> Visit:
        file = tmp_path / "view.html"
        file.write_text(page(shown(nodes, records, **more)), encoding="utf-8")
        context = browser.new_context(
            viewport={"width": width, "height": height}, color_scheme="dark" if dark else "light", reduced_motion="reduce"
        )
        contexts.append(context)
        context.set_offline(True)
        tab = Visit(context.new_page())
        visits.append(tab)
        listen(tab)
        tab.page.goto(file.as_uri() + address)
        tab.page.locator("html[data-ready]").wait_for()
        return tab

    yield open_page
    for context in contexts:
        context.close()
    assert visits
    assert [tab.asked for tab in visits] == [[]] * len(visits)
    assert [tab.said for tab in visits] == [[]] * len(visits)
