"""Wikitext of our own: what is read of it, what is left out, and what a broken page does."""

from pathlib import Path

import pytest

from graph.records import Event
from graph.works import CitedWork
from loaders.reading import read_document
from loaders.texts.citing import date_in, work_of
from loaders.texts.documents import Document, load_document
from loaders.texts.language import load_language
from loaders.texts.layout import Extract
from loaders.texts.sources import find_sources
from loaders.texts.wikitext import looks_like_wikitext, read_wikitext, redirect_target
from ontology.errors import IrkgError
from ontology.reference import load_reference

ARTICLE = """{{Short description|Ties of two invented states}}
{{Infobox relations|Malta|Norway
| envoy = [[Ada Brandt]]<ref name="env">{{cite web|title=Envoys|website=MFA|url=https://mfa.example/envoys|date=2019}}</ref>
}}
[[File:Embassy.jpg|thumb|The embassy in [[Valletta]].<ref>Not shown.</ref>]]
'''Malta–Norway relations''' ({{lang-no|Forhold}}; {{lang|no|Norge}}) are the ties between [[Malta]] and the \
[[Kingdom of Norway|Norw]]ay of today.<ref name="env"/> <!-- hidden -->In {{circa|1949}} both met&nbsp;again.<ref>{{cite news
| last = Zeman | first = Boris | title = A [[fish]] quarrel | newspaper = The ''Gazette'' | date = 14 November 2022
| url = https://gazette.example/1 | archive-url = https://web.archive.example/1 }}</ref>{{citation needed|date=May 2020}}
The line goes on ''here''.{{sfn|Brandt|2009|p=4}}

== History<ref>{{cite web|title=Of a heading|url=https://heading.example/}}</ref> ==
{{Main|History of Norway}}
=== Early years{{anchor|early}} ===
On 4 April 2019 [[Benjamin Netanyahu|Netanyahu]] met [[Vladimir Putin#Life|Vladimir Putin]].<ref group="lower-alpha">A note.</ref>{{r|env}}
{| class="wikitable"
|-
! A !! B
|-
| table cell || [[Oslo]]
|}
* First item of [[Bergen, Norway|]].
** Second item<br />goes on
# Numbered.
: Indented words.

Sales were {{convert|12|km|mi}} long, {{US$|50 million}}.
<gallery>
File:a.jpg|caption words
</gallery>
== See also ==
* [[Other]]
== References ==
{{reflist}}
=== Sources ===
* {{cite book|last=Brandt|first=Ada|title=Book of fish|year=2009|publisher=Norland Press}}
== Today ==
Still.
[[Category:Relations]] [[ru:Мальта]] __NOTOC__
"""

TEXT = """Malta–Norway relations (Norge) are the ties between Malta and the Norway of today.[1] In c. 1949 both met again.[2] \
The line goes on here.[3]

History

Early years

On 4 April 2019 Netanyahu met Vladimir Putin.[note 1][1]

• First item of Bergen.
• Second item goes on
• Numbered.

Indented words.

Sales were 12 km long, US$50 million.

Today

Still.
"""

ENVOYS = CitedWork(title="Envoys", publisher="MFA", date="2019", url="https://mfa.example/envoys")
QUARREL = CitedWork(
    title="A fish quarrel", publisher="The Gazette", author="Boris Zeman", date="2022-11-14", url="https://gazette.example/1",
    archive_url="https://web.archive.example/1",
)  # fmt: skip
BOOK = CitedWork(title="Book of fish", publisher="Norland Press", author="Ada Brandt", date="2009")


@pytest.fixture
def article() -> Extract:
    return read_wikitext(ARTICLE)


def document_of(tmp_path: Path, wikitext: str, name: str = "a.wiki") -> Document:
    (tmp_path / name).write_text(wikitext, "utf-8")
    (source,) = find_sources(str(tmp_path / name))
    return load_document(source)


def test_prose_lists_and_headings_are_left(article: Extract) -> None:
    assert article.text == TEXT


def test_a_paragraph_knows_its_place_and_its_heading(article: Extract) -> None:
    assert [(article.text[line.start : line.end][:12], line.heading) for line in article.lines] == [
        ("Malta–Norway", None),
        ("On 4 April 2", "Early years"),
        ("First item o", "Early years"),
        ("Second item ", "Early years"),
        ("Numbered.", "Early years"),
        ("Indented wor", "Early years"),
        ("Sales were 1", "Early years"),
        ("Still.", "Today"),
    ]


def test_a_reference_is_a_mark_and_a_work(article: Extract) -> None:
    assert [(c.label, article.text[c.start : c.end], c.work) for c in article.citations] == [
        ("1", "[1]", ENVOYS),
        ("2", "[2]", QUARREL),
        ("3", "[3]", BOOK),
        ("note 1", "[note 1]", None),
        ("1", "[1]", ENVOYS),
    ]


def test_a_link_names_a_page(article: Extract) -> None:
    assert [(article.text[link.start : link.end], link.target) for link in article.links] == [
        ("Malta", "Malta"),
        ("Norway", "Kingdom of Norway"),
        ("Netanyahu", "Benjamin Netanyahu"),
        ("Vladimir Putin", "Vladimir Putin"),
        ("Bergen", "Bergen, Norway"),
    ]


def test_a_document_of_wikitext(tmp_path: Path) -> None:
    document = document_of(tmp_path, ARTICLE)
    assert document.raw == TEXT
    assert document.extracted
    first = document.paragraphs[0]
    assert first.text.endswith("Norway of today. In c. 1949 both met again. The line goes on here.")
    assert all(document.raw[p.offsets[0]] == p.text[0] and p.kind == "text" for p in document.paragraphs)
    assert [p.heading for p in document.paragraphs].count("Early years") == 6
    start = first.text.index("Malta and")
    (link,) = document.links_at(*first.raw_span(start, start + len("Malta")))
    assert (link.target, link.wikidata) == ("Malta", None)


@pytest.mark.parametrize(
    ("words", "works"),
    [
        ("ties between Malta", [ENVOYS]),
        ("met again", [QUARREL]),
        ("line goes on", [BOOK]),
        ("Norway of today.[1] In c. 1949", [ENVOYS, QUARREL]),
        ("First item", []),
        ("Still", []),
    ],
)
def test_a_work_hangs_on_the_sentence_before_its_mark(tmp_path: Path, words: str, works: list[CitedWork]) -> None:
    document = document_of(tmp_path, ARTICLE)
    start = document.raw.index(words)
    assert document.works_behind(start, start + len(words)) == works


def test_a_mark_within_a_sentence_is_not_of_what_follows_it(tmp_path: Path) -> None:
    one, two = (f"<ref>[https://{name}.example/ {name}]</ref>" for name in ("one", "two"))
    document = document_of(tmp_path, f"Gen. A. Brandt of the U.S. army met Zeman{one} and left.{two} Then he came back.")
    found = {
        words: [work.title for work in document.works_behind(at, at + len(words))]
        for words in ("Brandt", "left", "came")
        for at in [document.raw.index(words)]
    }
    assert found == {"Brandt": ["one", "two"], "left": ["two"], "came": []}


def test_a_named_reference_used_again_and_one_address_twice_are_one_work() -> None:
    again = "<ref>{{cite web|url=https://x.example/|title=Y|date=May 2010}}</ref>"
    text = f'A.<ref name="a">[https://x.example/ X]</ref> B.<ref name=a /> C.{again}'
    work = CitedWork(title="X", date="2010-05", url="https://x.example/")
    assert [(c.label, c.work) for c in read_wikitext(text).citations] == [("1", work), ("1", work), ("2", work)]


def test_a_named_reference_may_be_defined_where_it_is_not_read() -> None:
    for where in ("{{reflist|refs=%s}}", "<references>%s</references>", "{| \n| %s\n|}", "{{efn|Hm.%s}}"):
        text = 'A.<ref name="a" />\n\n' + where % '<ref name="a">[https://x.example/ X]</ref>'
        assert [c.work for c in read_wikitext(text).citations] == [CitedWork(title="X", url="https://x.example/")], where


@pytest.mark.parametrize(
    ("content", "work"),
    [
        (
            "[http://x.example/b Fish quarrel], ''Haaretz'', 3 May 2010. {{Webarchive|url=https://web.archive.org/web/2012/http://x.example/b}}",
            CitedWork("Fish quarrel", "Haaretz", None, "2010-05-03", "http://x.example/b", "https://web.archive.org/web/2012/http://x.example/b"),
        ),
        ("https://x.example/c", CitedWork(url="https://x.example/c")),
        (
            "[https://web.archive.org/web/20200101/http://x.example/d Old]",
            CitedWork("Old", url="http://x.example/d", archive_url="https://web.archive.org/web/20200101/http://x.example/d"),
        ),
        ("Brandt, “The quarrel over fish”, ''Annals'', 1999", CitedWork("The quarrel over fish", "Annals", date="1999")),
        ("Brandt, p. 3", CitedWork("Brandt, p. 3")),
        ("{{cite journal|last1=A|first1=B|last2=C|title=T|journal=J|year=2001|doi=10.1/x}}", CitedWork("T", "J", "B A; C", "2001", "https://doi.org/10.1/x")),
        ("{{Cite news|title=T|url=javascript:alert(1)|date=n.d.}}", CitedWork("T", date="n.d.")),
        ("{{Cite_web | trans-title = Translated | url = //x.example/e}}", CitedWork("Translated", url="https://x.example/e")),
        ("{{cite web}}", None),
        ("", None),
    ],
)  # fmt: skip
def test_the_work_that_a_reference_names(content: str, work: CitedWork | None) -> None:
    assert work_of(content) == work


@pytest.mark.parametrize(
    ("words", "date"),
    [
        ("14 November 2022", "2022-11-14"),
        ("November 14th, 2022", "2022-11-14"),
        ("Sept. 2009", "2009-09"),
        ("2009-09", "2009-09"),
        ("of 2022-11-14.", "2022-11-14"),
        ("29 February 2019", "2019-02"),
        ("2019-02-30", "2019"),
        ("winter 1987", "1987"),
        ("yesterday", None),
    ],
)
def test_a_date_of_a_work(words: str, date: str | None) -> None:
    assert date_in(words) == date


@pytest.mark.parametrize(
    ("wikitext", "text"),
    [
        ("A {{nowrap|big {{lang|no|fisk}}}} swam.", "A big fisk swam."),
        ("A {{unheard of|x}} swam (''{{lang-no|fisk}}'').", "A swam."),
        ("Some ''slanted'' and '''bold''' words of ''Haaretz'''s.", "Some slanted and bold words of Haaretz's."),
        ("A [https://x.example/ page] and https://x.example/ and [https://x.example/].", "A page and and."),
        ("5&nbsp;% &ndash; &amp;#x; &#xD800;x", "5 % – &#x; x"),
        ("[[:Category:Fish|Fish]] and [[de facto: a history]].", "Fish and de facto: a history."),
        ("[[Foo (bar)|]] and [[Foo|]]t.", "Foo and Foot."),
        ("A <s>fish</s> <small>cat</small><sup>2</sup> <nowiki>[x]</nowiki>.", "A cat2 [x]."),
        ("{{formatnum:1234}} fish, {{As of|2010}}.", "1234 fish, as of 2010."),
        ("<blockquote>One.</blockquote>Two.<poem>Three</poem>", "One.\n\nTwo.\n\nThree"),
        ("<ul><li>One</li><li>Two</li></ul>", "• One\n• Two"),
        ("A\nB\n\nC\n----\nD", "A B\n\nC\n\nD"),
        ("A {{{argument|x}}} B", "A B"),
        ("A \u200bz\x00e\ue0000\ue001\u00adro.", "A ze0ro."),
    ],
)
def test_markup(wikitext: str, text: str) -> None:
    assert read_wikitext(wikitext).text == text + "\n"


@pytest.mark.parametrize(
    ("wikitext", "text"),
    [
        ("{{Infobox x\n| a = b\n| c = {{flag|Malta}\n\n| d = e\n'''Malta''' lies.\n\nEnd.", "Malta lies.\n\nEnd."),
        ("A }} b ]] c [[ d.\n\nE.", "A b c d.\n\nE."),
        ("A.\n\nB {{ c.\n\nD.", "A.\n\nB\n\nD."),
        ("{|\n| a\n| b\nProse.\n\nMore.", "Prose.\n\nMore."),
        ("A.\n|}\nB.", "A.\n\nB."),
        ("A [[x|y [[z]] B.", "A x|y z B."),
        ("A <b>b <i>c</b>.", "A b c."),
        ("A.<gallery>\nFile:x|y\n\nB.", "A.\n\nB."),
        ("A. <!-- no end\n\nB.", "A."),
        ("A {{[[}}]] b.", "A b."),
    ],
)
def test_broken_markup_does_not_leak(wikitext: str, text: str) -> None:
    assert read_wikitext(wikitext).text == text + "\n"


@pytest.mark.parametrize(
    ("wikitext", "text", "works"),
    [
        ("A.<ref>{{cite web|title=X}} B.<ref>Y Z</ref> C.", "A.[1] B.[2] C.", ["X", "Y Z"]),
        ("A.<ref>X X\nB.", "A.[1] B.", ["X X"]),
        ("A.<ref>out <ref>in</ref> out</ref> B.", "A.[1] B.", ["out in out"]),
        ("A.</ref> B.<ref>X X</ref></ref>", "A. B.[1]", ["X X"]),
        ("A.<ref>X X\n\nB.</ref> C.", "A.[1]\n\nB. C.", ["X X"]),
        ("A.<ref name=x /> B.<REF>X X</REF >", "A.[1] B.[2]", [None, "X X"]),
        ("A.<ref name='x'", "A.<ref name='x'", []),
        ("A.<ref></ref>", "A.[1]", [None]),
    ],
)
def test_broken_references(wikitext: str, text: str, works: list[str | None]) -> None:
    extract = read_wikitext(wikitext)
    assert extract.text == text + "\n"
    assert [c.work.title if c.work else None for c in extract.citations] == works


@pytest.mark.parametrize(
    "pattern",
    [
        "{{a|",
        "[[a|",
        "}}]]",
        "{{[[",
        "<b>",
        "<div>x\n",
        "*",
        ":\n",
        "'''''a''",
        "(,",
        "{|\n",
        "<gallery>x",
        "<!-- ",
        "=",
        "[http://a ",
        "<nowiki>",
    ],
)
def test_a_long_run_of_one_mark_is_read(pattern: str) -> None:
    """Each takes some seconds at most; in a time that grows with the square it would be hours."""
    assert read_wikitext(f"Fact one.\n\n{pattern * (300_000 // len(pattern))}\n\nFact two.").text.startswith("Fact one.")


def test_a_megabyte_of_nested_templates() -> None:
    depth = 200_000
    assert read_wikitext("Fact one. " + "{{a|" * depth + "}}" * depth + " Fact two.").text == "Fact one. Fact two.\n"
    assert read_wikitext("Fact one.\n\n" + "{{a|" * depth).text == "Fact one.\n"


def test_what_is_clearly_wikitext(tmp_path: Path) -> None:
    assert looks_like_wikitext(ARTICLE)
    assert document_of(tmp_path, ARTICLE, "a.txt").raw == TEXT
    for plain in ("He said [[so]].", "== A heading ==\nWords.", "Code {{x}} and {y}.", "See [12] and [edit].", ""):
        assert not looks_like_wikitext(plain), plain


@pytest.mark.parametrize(
    ("wikitext", "message"),
    [
        ("#REDIRECT [[Malta#History]]", "is a redirect to “Malta”; name that page"),
        ("#ПЕРЕНАПРАВЛЕНИЕ [[Мальта]]", "is a redirect to “Мальта”; name that page"),
        (
            "{{Infobox}}\n\n== References ==\n* Words.",
            "holds no prose (templates, tables and lists of works are left out); name another page",
        ),
        ("", "is empty"),
    ],
)
def test_a_page_without_an_article(tmp_path: Path, wikitext: str, message: str) -> None:
    with pytest.raises(IrkgError) as refused:
        document_of(tmp_path, wikitext)
    assert str(refused.value) == f"{tmp_path / 'a.wiki'}: {message}"


def test_an_article_is_no_redirect() -> None:
    assert redirect_target(ARTICLE) is None


def test_wikitext_that_is_not_utf8(tmp_path: Path) -> None:
    (tmp_path / "a.wiki").write_bytes("'''Malt\u00e1''' [[x]]".encode("latin-1"))
    (source,) = find_sources(str(tmp_path / "a.wiki"))
    with pytest.raises(IrkgError, match=r"a\.wiki: is not UTF-8 at byte 7; convert it first"):
        load_document(source)


def test_a_timeline_in_wikitext(tmp_path: Path) -> None:
    (tmp_path / "a.wiki").write_text("== 1949 ==\n* 4 April 1949: [[Norway]] recognised Malta.", "utf-8")
    (tmp_path / "sources.toml").write_text('[[source]]\nid = "a"\nfile = "a.wiki"\nkind = "timeline"\n', "utf-8")
    (source,) = find_sources(str(tmp_path))
    document = load_document(source)
    assert [(p.kind, p.text) for p in document.paragraphs] == [("date", "4 April 1949"), ("entry", "Norway recognised Malta.")]


def test_a_link_tells_whom_a_name_means(tmp_path: Path) -> None:
    """The words alone may mean several; the link of the page names one."""
    page = tmp_path / "made-up.wiki"
    page.write_text("In 1972 [[Willy Brandt|Brandt]] met [[Edward Heath|Heath]] in London.\n", encoding="utf-8")
    [source] = find_sources(str(page))
    records = read_document(load_document(source), load_language(), load_reference()).records
    assert {"Willy Brandt", "Edward Heath"} <= {e.label for r in records if isinstance(r, Event) for e in r.participants}
