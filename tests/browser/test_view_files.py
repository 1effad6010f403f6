"""What is taken away from a page: the picture, the table and the statements say what is shown, and no more."""

import base64
import csv
import io
from collections.abc import Callable
from dataclasses import replace
from html import escape
from pathlib import Path
from xml.etree import ElementTree

import pyoxigraph
import pytest
from playwright.sync_api import Browser, expect
from pyoxigraph import Literal, NamedNode, RdfFormat, Triple

from graph.prefixes import PREFIXES
from graph.views import ViewNode, ViewRecord, page
from tests.invented_world import BASE, BLAME, PAIR, TREATY, shown
from tests.open_pages import Visit

pytestmark = pytest.mark.browser

World = tuple[list[ViewNode], list[ViewRecord]]
Open = Callable[..., Visit]

SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = '</text><script>alert(1)</script>&amp;]]> "\\ \u202eevil\u2066 a\tb\nc\r \x01\x0b\ufffe'
HALF = "half\ud800"  # of a pair: no text outside the page can hold it

TOLD_TREATY = replace(
    TREATY,
    roles=("participant", "supplier participant"),
    terms=(("type", "Event"), ("kind", "Agreement"), ("realis", "planned")),
    place=("https://example.org/bay", "Kestrel Bay"),
    evidence=f"{BASE}evidence/1",
    detail=(("item", 'the "fisheries"'), ("quantity", "10.5")),
)
TOLD_BLAME = replace(BLAME, roles=("holder", "target"), terms=(("type", "Stance"), ("act", "condemn"), ("polarity", "oppose")))


def taken(tab: Visit, name: str) -> bytes:
    tab.page.get_by_role("button", name="Download", exact=True).click()
    with tab.page.expect_download() as begun:
        tab.page.get_by_role("menuitem", name=name).click()
    return begun.value.path().read_bytes()


def rows(tab: Visit) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(taken(tab, "CSV").decode("utf-8"), newline="")))


def triples(turtle: bytes) -> set[Triple]:
    return {quad.triple for quad in pyoxigraph.parse(turtle, format=RdfFormat.TURTLE)}


def written(turtle: str) -> set[Triple]:
    return triples("".join(f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in PREFIXES.items()).encode() + turtle.encode())


# the menu


def test_the_menu_is_worked_by_keys_alone(visit: Open) -> None:
    tab = visit(PAIR, [TREATY], title="Кто с кем? “Élan” / 1967", address="#at=https://example.org/aldoria")
    opener = tab.page.get_by_role("button", name="Download", exact=True)
    items = tab.page.locator("#files [role=menuitem]")
    for key in ("Enter", "Space", "ArrowDown"):
        opener.press(key)
        expect(items.first).to_be_focused()
        expect(opener).to_have_attribute("aria-expanded", "true")
        tab.page.keyboard.press("Escape")
        expect(opener).to_be_focused()
        expect(tab.page.get_by_role("menu")).to_be_hidden()
    assert tab.heading == "Aldoria"  # Escape was the menu's alone
    opener.press("ArrowUp")
    expect(items.last).to_be_focused()
    tab.page.keyboard.press("ArrowDown")
    expect(items.first).to_be_focused()
    tab.page.keyboard.press("End")
    tab.page.keyboard.press("ArrowUp")
    expect(items.nth(2)).to_be_focused()
    with tab.page.expect_download() as begun:
        tab.page.keyboard.press("Enter")
    assert begun.value.suggested_filename == "кто-с-кем-elan-1967.csv"
    expect(opener).to_be_focused()


def test_the_menu_closes_when_one_turns_to_something_else(visit: Open) -> None:
    tab = visit(PAIR, [TREATY])
    opener, menu = tab.page.get_by_role("button", name="Download", exact=True), tab.page.get_by_role("menu")
    opener.click()
    tab.page.locator("#counts").click()
    expect(menu).to_be_hidden()
    opener.click()
    opener.click()
    expect(menu).to_be_hidden()
    opener.press("Enter")
    tab.page.keyboard.press("Tab")
    expect(menu).to_be_hidden()


@pytest.mark.parametrize("permission", ["", " allow-downloads"])
def test_in_the_frame_of_a_notebook_it_says_what_may_be_wrong(browser: Browser, tmp_path: Path, permission: str) -> None:
    framed = f'<iframe sandbox="allow-scripts{permission}" width=900 height=600 srcdoc="{escape(page(shown(PAIR, [TREATY])))}"></iframe>'
    (tmp_path / "notebook.html").write_text(framed, "utf-8")
    context = browser.new_context()
    cell = context.new_page()
    saved: list[str] = []
    wrong: list[str] = []
    cell.on("download", lambda download: saved.append(download.suggested_filename))
    cell.on("pageerror", lambda error: wrong.append(str(error)))
    cell.goto((tmp_path / "notebook.html").as_uri())
    frame = cell.frame_locator("iframe")
    frame.get_by_role("button", name="Download", exact=True).click()
    frame.get_by_role("menuitem", name="CSV").click()
    expect(frame.locator("#files-note")).to_contain_text("open the view as a file")
    cell.wait_for_timeout(300)
    assert (saved, wrong) == (["invented.csv"] if permission else [], [])
    context.close()


# the pictures

LOOK = """async (base64) => {
  const bytes = Uint8Array.from(atob(base64), (sign) => sign.charCodeAt(0));
  const image = await createImageBitmap(new Blob([bytes]));
  const canvas = new OffscreenCanvas(image.width, image.height);
  const context = canvas.getContext("2d");
  context.drawImage(image, 0, 0);
  const colours = new Set(new Uint32Array(context.getImageData(0, 0, image.width, image.height).data.buffer));
  const asHex = (colour) => "#" + [0, 8, 16].map((shift) => ((colour >> shift) & 255).toString(16).padStart(2, "0")).join("");
  return [image.width, image.height, [...colours].map(asHex)];
}"""
INK, GROUND, STATE = ("#1c2227", "#e8eaec"), ("#fbfaf7", "#14181c"), ("#0072b2", "#3d97dc")  # in light, in dark


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("face", ["network", "timeline"])
def test_the_picture_is_what_is_seen(visit: Open, dark: bool, face: str) -> None:
    tab = visit(PAIR, [TREATY, BLAME], dark=dark, address=f"#face={face}")
    box = tab.page.locator("#stage").bounding_box()
    picture = taken(tab, "PNG")
    assert picture[:8] == b"\x89PNG\r\n\x1a\n"
    width, height, colours = tab.page.evaluate(LOOK, base64.b64encode(picture).decode())
    assert {INK[dark], GROUND[dark], STATE[dark]} <= set(colours)  # words, ground and symbols
    assert box is not None
    if face == "network":
        assert (width, height) == (2 * round(box["width"]), 2 * round(box["height"]))
    assert taken(tab, "PNG") == picture
    tab.page.get_by_role("checkbox", name="Oppose").uncheck()
    assert taken(tab, "PNG") != picture


def test_the_drawing_stays_as_it_was(visit: Open) -> None:
    tab = visit(PAIR, [TREATY, BLAME])
    seen = "() => { const canvas = document.querySelector('#graph canvas'); return [canvas.width, canvas.toDataURL()]; }"
    before = tab.page.evaluate(seen)
    taken(tab, "PNG")
    assert tab.page.evaluate(seen) == before


def test_the_drawing_as_svg_has_every_name_line_and_source(visit: Open, world: World) -> None:
    tab = visit(*world)
    svg = ElementTree.fromstring(taken(tab, "SVG"))
    tab.page.get_by_role("checkbox", name="Person").uncheck()
    fewer = ElementTree.fromstring(taken(tab, "SVG"))
    lines, symbols, labels = (list(group) for group in svg.findall(f"{SVG}g"))
    pairs = {frozenset(record.nodes) for record in world[1]}
    assert (len(lines), len(symbols), len(labels)) == (len(pairs), 40, 40)
    assert {"Mirav Halden", "Ярослав Кметь", "דבורה אלקן"} <= {" ".join(label.itertext()) for label in labels}
    titles = [str(symbol.findtext(f"{SVG}title")) for symbol in symbols]
    assert sorted(title.rpartition(": ")[0] for title in titles) == sorted(node.label for node in world[0])
    heading, sourced = ("".join(text.itertext()) for text in svg.findall(f"{SVG}text"))
    assert heading == "Invented"
    assert sourced.startswith("Sources: ")
    assert all(title in sourced for title in ("Almanac of the Four Rivers", "Ванцев принял гостей"))
    assert len(list(fewer.findall(f"{SVG}g")[2])) == 40 - sum(node.type == "Person" for node in world[0])
    left, top, width, height = map(float, svg.attrib["viewBox"].split())
    for line in lines:
        assert left < float(line.attrib["x1"]) < left + width
        assert top < float(line.attrib["y1"]) < top + height


def test_dashes_tell_what_was_said(visit: Open) -> None:
    lines = [line for record in (TREATY, BLAME) for line in svg_of(visit, PAIR, [record]).iter(f"{SVG}line")]
    assert [line.get("stroke-dasharray") for line in lines] == [None, "7 5"]


@pytest.mark.parametrize("address", ["", "#face=timeline"])
def test_hostile_text_stays_text_in_a_picture(visit: Open, address: str) -> None:
    nodes = [replace(PAIR[0], label=HOSTILE), replace(PAIR[1], label=HALF)]
    record = replace(TREATY, source_title=HOSTILE, publisher=HALF, kind=HOSTILE)
    svg = svg_of(visit, nodes, [record], address=address, title=HOSTILE)
    assert {element.tag.removeprefix(SVG) for element in svg.iter()} <= {
        *("svg", "title", "rect", "text", "tspan", "g", "line", "polygon", "circle"),
        *("path", "defs", "linearGradient", "stop", "clipPath"),
    }
    assert not [name for element in svg.iter() for name in element.attrib if name.startswith("on") or "href" in name]
    assert "<script>alert(1)</script>" in "".join(svg.itertext())


def svg_of(visit: Open, nodes: list[ViewNode], records: list[ViewRecord], **more: object) -> ElementTree.Element:
    return ElementTree.fromstring(taken(visit(nodes, records, **more), "SVG"))


# the table


def test_the_table_has_the_exact_words(visit: Open) -> None:
    quoted = replace(TOLD_TREATY, text='said “yes”,\r\nthen "no"; да', speaker="Veskany")
    treaty, blame = rows(visit(PAIR, [quoted, TOLD_BLAME]))
    assert treaty == {
        "record": TREATY.id,
        "type": "Event",
        "kind": "Agreement",
        "family": "agreement",
        "polarity": "",
        "date": "1967-06",
        "earliest": "1967-06-01",
        "latest": "1967-06-30",
        "realis": "planned",
        "parties": "Aldoria; Veskany",
        "party_iris": "https://example.org/aldoria; https://example.org/veskany",
        "place": "Kestrel Bay",
        "detail": 'item=the "fisheries"; quantity=10.5',
        "text": 'said “yes”,\r\nthen "no"; да',
        "source": "almanac",
        "source_title": "Almanac of the Four Rivers",
        "publisher": "Free Almanac",
        "perspective": "aldorian",
        "speaker": "Veskany",
        "rule": "agreement-verb",
        "start": "120",
        "end": "152",
    }
    assert (blame["type"], blame["family"], blame["polarity"], blame["text"]) == ("Stance", "", "oppose", "«позорный договор»")


@pytest.mark.parametrize("formula", ['=HYPERLINK("x")', "+1", "-1+2", "@SUM(A1)", "\t=1", "\r=1"])
def test_a_spreadsheet_is_given_no_formula(visit: Open, formula: str) -> None:
    nodes = [replace(PAIR[0], label=formula), PAIR[1]]
    (row,) = rows(visit(nodes, [replace(TREATY, text=formula, source_title=formula)]))
    assert (row["text"], row["source_title"], row["parties"]) == (f"'{formula}", f"'{formula}", f"'{formula}; Veskany")


def test_lines_end_as_rfc_4180_wants_and_there_is_no_byte_order_mark(visit: Open) -> None:
    content = taken(visit(PAIR, [TREATY, BLAME]), "CSV")
    assert content.startswith(b"record,type,")
    assert content.count(b"\r\n") == content.count(b"\n") == 3


# the statements


def test_the_statements_are_those_of_the_graph(visit: Open) -> None:
    turtle = taken(visit(PAIR, [TOLD_TREATY, TOLD_BLAME]), "Turtle")
    assert triples(turtle) == written("""
<https://example.org/record/treaty> a :Event ; :kind :Agreement ; :realis :planned ;
    :date "1967-06"^^edtf:EDTF ; :earliest "1967-06-01"^^xsd:date ; :latest "1967-06-30"^^xsd:date ;
    :participant <https://example.org/aldoria>, <https://example.org/veskany> ; :supplier <https://example.org/veskany> ;
    :place <https://example.org/bay> ; :item "the \\"fisheries\\"" ; :quantity 10.5 ;
    :source source:almanac ; :readBy <https://w3id.org/irkg/rule/agreement-verb> ; :evidence <https://w3id.org/irkg/evidence/1> .
<https://w3id.org/irkg/evidence/1> a :Evidence, oa:SpecificResource ;
    oa:hasSource source:almanac ; oa:hasSelector <https://w3id.org/irkg/selector/1> .
<https://w3id.org/irkg/selector/1> a oa:TextPositionSelector, oa:TextQuoteSelector ; oa:start 120 ; oa:end 152 ;
    oa:exact "would sign a treaty on fisheries" ; oa:prefix "Aldoria and Veskany " ; oa:suffix " in the spring" .
<https://example.org/record/blame> a :Stance ; :act :condemn ; :polarity :oppose ;
    :date "2001-02-03"^^edtf:EDTF ; :earliest "2001-02-03"^^xsd:date ; :latest "2001-02-03"^^xsd:date ;
    :holder <https://example.org/aldoria> ; :target <https://example.org/veskany> ; :source source:almanac ;
    :readBy <https://w3id.org/irkg/rule/agreement-verb> .
source:almanac a :Source ; dcterms:title "Almanac of the Four Rivers" ; dcterms:publisher "Free Almanac" ; :perspective "aldorian" .
<https://example.org/aldoria> a :State ; rdfs:label "Aldoria"@en ; schema:alternateName "Альдория" .
<https://example.org/veskany> a :State ; rdfs:label "Veskany"@en ; schema:alternateName "Вескания", "וסקניה" .
""")
    assert turtle == taken(visit(PAIR[::-1], [TOLD_BLAME, TOLD_TREATY]), "Turtle")


def test_a_row_of_a_table_has_no_words_around_it(visit: Open) -> None:
    records = [replace(TOLD_TREATY, prefix="", suffix=""), replace(TOLD_BLAME, prefix="", evidence=f"{BASE}evidence/2")]
    around = [triple for triple in triples(taken(visit(PAIR, records), "Turtle")) if triple.predicate.value.endswith("fix")]
    assert {(triple.subject.value, triple.object.value) for triple in around} == {
        (f"{BASE}selector/2", ""),
        (f"{BASE}selector/2", " in the spring"),
    }


def test_what_is_filtered_out_is_not_taken_away(visit: Open) -> None:
    tab = visit(PAIR, [TOLD_TREATY, TOLD_BLAME])
    tab.page.get_by_role("checkbox", name="Agreement").first.uncheck()
    assert [row["record"] for row in rows(tab)] == [BLAME.id]
    subjects = {triple.subject.value for triple in triples(taken(tab, "Turtle"))}
    assert BLAME.id in subjects
    assert not subjects & {TREATY.id, TOLD_TREATY.evidence}
    tab.page.get_by_role("checkbox", name="Oppose").uncheck()
    assert rows(tab) == []
    assert triples(taken(tab, "Turtle")) == set()


def test_hostile_words_come_back_as_they_are(visit: Open) -> None:
    nodes = [replace(PAIR[0], label=HOSTILE, names=(HALF,)), PAIR[1]]
    turtle = taken(visit(nodes, [replace(TOLD_TREATY, text=HOSTILE, detail=(("item", HALF),))], title=HOSTILE), "Turtle")
    found = triples(turtle)
    words = {triple.object.value for triple in found if isinstance(triple.object, Literal)}
    assert {HOSTILE, "half\ufffd"} <= words
    assert not set("\u202e\u2066\x01\x0b\r") & set(turtle.decode())


@pytest.mark.parametrize("bad", ["a b", "a>", "a<b", 'a"', "a\\", "a{}", "a|b", "a^", "a`", "a\x00", "a\nb", "%zz", HALF])
def test_what_can_be_no_iri_is_left_out(visit: Open, bad: str) -> None:
    iri = f"https://example.org/{bad}"
    nodes = [replace(PAIR[0], id=iri), PAIR[1]]
    record = replace(TOLD_TREATY, nodes=(iri, PAIR[1].id), place=(iri, "x"), rule=bad, terms=(("type", bad), (bad, "Meeting")))
    nasty = replace(record, id=iri, evidence=f"https://example.org/evidence/{bad}", roles=(bad, "participant"), source_id=bad)
    found = triples(taken(visit(nodes, [record, nasty]), "Turtle"))
    assert {triple.subject.value for triple in found} == {
        *(TREATY.id, PAIR[1].id, TOLD_TREATY.evidence, f"{BASE}selector/1", f"{BASE}source/almanac")
    }
    assert {triple.object.value for triple in found if triple.predicate.value.endswith(("#participant", "#supplier"))} == {PAIR[1].id}


def test_of_a_query_of_ones_own_only_triples_are_taken(visit: Open) -> None:
    says = "https://example.org/says"
    bare = replace(TREATY, record="statement", source_id="", text="", rule="", detail=(), roles=("subject", "object"), date=None)
    triple = replace(bare, id="#0", terms=(("predicate", says),))
    to_itself = replace(triple, id="#1", nodes=(PAIR[0].id, PAIR[0].id))
    worded = replace(triple, id="#2", nodes=(PAIR[0].id,), roles=("subject",), detail=(("says", "yes"),))
    row = replace(bare, id="#3", roles=("one", "other"), terms=())
    turtle = taken(visit(PAIR, [triple, to_itself, worded, row]), "Turtle")
    one, other, predicate = NamedNode(PAIR[0].id), NamedNode(PAIR[1].id), NamedNode(says)
    assert triples(turtle) == {Triple(one, predicate, other), Triple(one, predicate, one)}
    assert "# Left out, of what the query answered: 2 " in turtle.decode()


@pytest.mark.parametrize("address", ["", "#face=timeline"])
def test_of_nothing_there_is_nothing_to_take(visit: Open, address: str) -> None:
    tab = visit([], [], address=address)
    assert taken(tab, "PNG").startswith(b"\x89PNG")
    assert [text.text for text in ElementTree.fromstring(taken(tab, "SVG")).iter(f"{SVG}title")] == ["Invented"]
    assert rows(tab) == []
    assert triples(taken(tab, "Turtle")) == set()
