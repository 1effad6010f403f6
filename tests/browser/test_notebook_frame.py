"""A view in the cell of a notebook: it works in its sandbox, and leaves the notebook as it was."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from graph.views import View, ViewNode, ViewRecord, page
from irkg import notebook

pytestmark = pytest.mark.browser

NOTEBOOK = "<!doctype html><meta charset=utf-8><title>Notebook</title><style>h2 {{ color: rgb(1, 2, 3) }}</style><h2>A cell</h2>{frame}"


def test_a_view_in_a_notebook(browser: Browser, world: tuple[list[ViewNode], list[ViewRecord]], tmp_path: Path) -> None:
    nodes, records = world
    view = notebook.View(page(View(nodes, records, title="The “world” & more")), "The “world” & more", len(records))
    file = tmp_path / "notebook.html"
    file.write_text(NOTEBOOK.format(frame=view._repr_html_()), "utf-8")
    said: list[str] = []
    asked: list[str] = []
    context = browser.new_context(viewport={"width": 1200, "height": 760})
    cell = context.new_page()
    cell.on("console", lambda message: said.append(message.text))
    cell.on("pageerror", lambda error: said.append(str(error)))
    cell.on("request", lambda request: asked.append(request.url))
    cell.goto(file.as_uri())
    frame = cell.frame_locator("iframe")
    expect(frame.locator("h1")).to_have_text("The “world” & more")
    frame.locator("#panel").get_by_text("Mirav Halden", exact=True).first.click()
    expect(frame.locator("#panel h2")).to_contain_text("Mirav Halden")
    assert cell.locator("h2").evaluate("heading => getComputedStyle(heading).color") == "rgb(1, 2, 3)"
    assert cell.title() == "Notebook"
    # An origin of its own: the page's script reaches nothing of the notebook.
    assert cell.locator("iframe").evaluate("frame => frame.contentDocument") is None
    assert [url for url in asked if not url.startswith(("file:", "about:", "data:"))] == []
    assert said == []
    context.close()
