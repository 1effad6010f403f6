"""What a view of a real store gives as Turtle is in that store: no triple is made up on the way."""

from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pyoxigraph
import pytest
from playwright.sync_api import Browser
from pyoxigraph import RdfFormat

from graph.store import open_store
from graph.terms import DC, LABEL, SCHEMA, TERM, TYPE
from tests.open_pages import Visit, listen

pytestmark = pytest.mark.browser

Irkg = Callable[..., CompletedProcess[str]]

NEWS = """\
Norway and Malta met in Oslo on 3 May 1951. Norway sold 12 boats to Malta for 5 million dollars in 1952.

Kjell Testmann, a fisherman, met Joseph Stalin in Valletta in June 1950. Malta condemned “the \\ silent” Norway in 1953. \
Testmann said: “We fish – and fish.”
"""
DEALS = """\
Transfers of toys between all countries

Recipient,Supplier,Year of order, ,Number ordered, ,Weapon designation,Weapon description,Number delivered, ,Year(s) of delivery,\
status,Comments
Russia,Israel,2015,?,10,?,"Kite ""2"" \\",toy kite,8,?,2016; 2018,New,Café
"""
SOURCES = """\
[[source]]
id = "news"
file = "news.txt"
kind = "news"
title = "The “news” \\\\ of Malta"
publisher = "Ünlü Post"
perspective = "of a fisherman"
published = "1954~"

[[source]]
id = "Deals of 2015"
file = "deals.csv"
kind = "sipri-register"
"""
EVERY_RECORD = b"SELECT ?record { ?record :evidence ?evidence }"


@pytest.fixture
def store(irkg: Irkg, tmp_path: Path) -> Path:
    for name, content in (("news.txt", NEWS), ("deals.csv", DEALS), ("sources.toml", SOURCES)):
        (tmp_path / name).write_text(content, "utf-8")
    built = irkg("build", tmp_path, "--store", tmp_path / "store")
    assert built.returncode == 0, built.stderr
    return tmp_path / "store"


def test_every_triple_of_a_view_is_in_the_store(irkg: Irkg, browser: Browser, store: Path) -> None:
    made = irkg("view", "-", "--store", store, "-o", store.with_name("view.html"), stdin=EVERY_RECORD)
    assert made.returncode == 0, made.stderr
    turtle = taken_from(browser, store.with_name("view.html"))
    found = {quad.triple for quad in pyoxigraph.parse(turtle, format=RdfFormat.TURTLE)}
    known = {quad.triple for quad in open_store(store).quads()}
    assert found - known == set()
    # And nothing of a record is lost on the way but what the page does not have.
    records = {triple.subject for triple in known if triple.predicate == TERM.evidence}
    lost = {triple.predicate for triple in known - found if triple.subject in records}
    assert lost <= {LABEL, TERM.condition, TERM.delivered, TERM.deliveredIn, TERM.deliveredQualifier, TERM.remarks}
    types = {triple.object for triple in found if triple.subject in records and triple.predicate == TYPE}
    assert types == {TERM.Event, TERM.Stance, TERM.Figure, TERM.Quotation, TERM.DateExpression}
    sources = {triple.object for triple in known if triple.predicate == TERM.source and triple.subject in records}
    assert len(sources) == 2
    assert {triple.subject for triple in found if triple.predicate == DC.title} == sources
    drawn = {triple.object for triple in found if triple.predicate == TERM.participant}
    assert {triple for triple in known if triple.subject in drawn and triple.predicate in (TYPE, LABEL, SCHEMA.alternateName)} <= found


def taken_from(browser: Browser, file: Path) -> bytes:
    context = browser.new_context(reduced_motion="reduce")
    context.set_offline(True)
    tab = Visit(context.new_page())
    listen(tab)
    tab.page.goto(file.as_uri())
    tab.page.get_by_role("button", name="Download", exact=True).click()
    with tab.page.expect_download() as begun:
        tab.page.get_by_role("menuitem", name="Turtle").click()
    turtle = begun.value.path().read_bytes()
    context.close()
    assert (tab.asked, tab.said) == ([], [])
    return turtle
