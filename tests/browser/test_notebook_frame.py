"""A view in the cell of a notebook: it works in its sandbox, and leaves the notebook as it was."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from graph.views import ViewNode, ViewRecord, page
from irkg.notebook import View

pytestmark = pytest.mark.browser

NOTEBOOK = "<!doctype html><meta charset=utf-8><title>Notebook</title><style>h2 {{ color: rgb(1, 2, 3) }}</style><h2>A cell</h2>{frame}"


def test_a_view_in_a_notebook(browser: Browser, world: tuple[list[ViewNode], list[ViewRecord]], tmp_path: Path) -> None:
    nodes, records = world
    view = View(page(nodes, records, title="The “world” & more", subtitle=""), "The “world” & more", len(records))
    file = tmp_path / "notebook.html"
    file.write_text(NOTEBOOK.format(frame=view._repr_html_()), "utf-8")
    said: list[str] = []
    asked: list[str] = []
    context = browser.new_context(viewport={"width": 1200, "height": 760})
    notebook = context.new_page()
    notebook.on("console", lambda message: said.append(message.text))
    notebook.on("pageerror", lambda error: said.append(str(error)))
    notebook.on("request", lambda request: asked.append(request.url))
    notebook.goto(file.as_uri())
    frame = notebook.frame_locator("iframe")
    expect(frame.locator("h1")).to_have_text("The “world” & more")
    frame.locator("#panel").get_by_text("Mirav Halden", exact=True).first.click()
    expect(frame.locator("#panel h2")).to_contain_text("Mirav Halden")
    assert notebook.locator("h2").evaluate("heading => getComputedStyle(heading).color") == "rgb(1, 2, 3)"
    assert notebook.title() == "Notebook"
    # An origin of its own: the page's script reaches nothing of the notebook.
    assert notebook.locator("iframe").evaluate("frame => frame.contentDocument") is None
    assert [url for url in asked if not url.startswith(("file:", "about:", "data:"))] == []
    assert said == []
    context.close()
