"""What was fetched is kept, with its time and hash, and read again without the network."""

import hashlib
import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from loaders.texts.documents import load_document
from loaders.texts.fetching import _rules, fetch, fetch_page
from loaders.texts.kept import Fetching, fetching_as, keep, recalled
from loaders.texts.mediawiki import API_SETTING
from loaders.texts.sources import find_sources
from loaders.texts.wire import Answer
from ontology.errors import IrkgError, UnreachableError
from tests.misbehaving import ANSWERS, Misbehaving, misbehaving, page

FISH = Answer(b"Fish \xff", "text/html", "http://b.example/", "utf-8")
ASKED = "http://a.example/"
NAME = hashlib.sha256(ASKED.encode()).hexdigest()
HASH = hashlib.sha256(FISH.content).hexdigest()


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Misbehaving]:
    monkeypatch.setenv("IRKG_PRIVATE_ADDRESSES", "1")
    _rules.cache_clear()
    with misbehaving() as running:
        yield running


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def test_an_answer_with_its_time_and_hash(tmp_path: Path) -> None:
    with fetching_as(Fetching(tmp_path)):
        assert recalled(ASKED) is None  # the network is to be asked
        keep(ASKED, FISH, revision="12", clock=lambda: datetime(2024, 2, 29, 12, 34, 56, tzinfo=UTC))
        assert recalled(ASKED) == FISH  # a run asks nothing twice
    with fetching_as(Fetching(tmp_path)):
        assert recalled(ASKED) is None  # and the next one asks again
    assert json.loads((tmp_path / f"{NAME}.json").read_text("utf-8")) == {
        "asked": ASKED, "address": "http://b.example/", "fetched": "2024-02-29T12:34:56Z", "content_type": "text/html",
        "charset": "utf-8", "sha256": HASH, "bytes": 6, "revision": "12",
    }  # fmt: skip
    assert (tmp_path / f"{HASH}.bin").read_bytes() == FISH.content
    assert names(tmp_path) == {f"{NAME}.json", f"{HASH}.bin"}
    with fetching_as(Fetching(tmp_path, offline=True)):
        assert recalled(ASKED) == FISH


def test_a_later_answer_takes_the_place_and_the_earlier_content_stays(tmp_path: Path) -> None:
    with fetching_as(Fetching(tmp_path, offline=True)):
        keep(ASKED, FISH)
        keep(ASKED, Answer(b"Birds", "text/plain", ASKED))
        assert recalled(ASKED) == Answer(b"Birds", "text/plain", ASKED)
    assert (tmp_path / f"{HASH}.bin").is_file()


def test_nothing_is_kept_where_no_folder_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    keep(ASKED, FISH)
    assert recalled(ASKED) is None
    assert names(tmp_path) == set()


@pytest.mark.parametrize(
    ("damage", "message"),
    [
        ("json away", f"{ASKED}: was never fetched, or is not in {{folder}} any more; build it once without --offline"),
        ("bin away", f"{ASKED}: was never fetched, or is not in {{folder}} any more; build it once without --offline"),
        ("json rubbish", f"{{folder}}/{NAME}.json: is no longer what was fetched; delete it and build once without --offline"),
        ("json empty", f"{{folder}}/{NAME}.json: is no longer what was fetched; delete it and build once without --offline"),
        ("bin changed", f"{{folder}}/{HASH}.bin: is no longer what was fetched; delete it and build once without --offline"),
    ],
)
def test_what_is_not_there_or_was_changed(tmp_path: Path, damage: str, message: str) -> None:
    with fetching_as(Fetching(tmp_path, offline=True)):
        keep(ASKED, FISH)
        match damage.split():
            case [kind, "away"]:
                next(tmp_path.glob(f"*.{kind}")).unlink()
            case ["json", what]:
                (tmp_path / f"{NAME}.json").write_text({"rubbish": "[3]", "empty": ""}[what], "utf-8")
            case _:
                (tmp_path / f"{HASH}.bin").write_bytes(b"Fish")
        with pytest.raises(IrkgError) as refused:
            recalled(ASKED)
    assert str(refused.value) == message.format(folder=tmp_path)


def test_a_folder_that_can_not_be_written(server: Misbehaving, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way", "utf-8")
    with fetching_as(Fetching(tmp_path / "file" / "fetched")), pytest.raises(IrkgError, match=r"file/fetched/\w+\.bin: can't be written"):
        fetch(f"{server.address}/fish")


def test_a_page_is_fetched_once_and_read_without_the_network(server: Misbehaving, tmp_path: Path) -> None:
    address = f"{server.address}/once"
    with fetching_as(Fetching(tmp_path)):
        online = fetch_page(address)
        asked = list(server.asked)
        assert fetch_page(address) == online
    server.stop.set()
    with fetching_as(Fetching(tmp_path, offline=True)):
        assert fetch_page(address) == online
        assert fetch(address) == b"Fish."
        with pytest.raises(UnreachableError, match=f"^{server.address}/fish: was never fetched"):
            fetch(f"{server.address}/fish")
    assert server.asked == asked
    (known,) = (json.loads(path.read_bytes()) for path in tmp_path.glob("*.json"))
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", known.pop("fetched"))
    assert known == {
        "asked": address, "address": f"{server.address}/fish", "content_type": "text/plain", "charset": None,
        "sha256": hashlib.sha256(b"Fish.").hexdigest(), "bytes": 5, "revision": None,
    }  # fmt: skip


def test_a_refusal_is_not_kept(server: Misbehaving, tmp_path: Path) -> None:
    with fetching_as(Fetching(tmp_path)), pytest.raises(UnreachableError):
        fetch(f"{server.address}/loud")
    assert names(tmp_path) == set()


def test_a_page_of_wikipedia_with_its_revision(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    revision = {"revid": 12, "timestamp": "2024-02-29T12:34:56Z", "slots": {"main": {"content": "Ties of [[Malta]]."}}}
    answer = {"query": {"pages": [{"title": "Ties", "revisions": [revision], "pageprops": {"wikibase_item": "Q1"}}]}}
    monkeypatch.setenv("IRKG_PRIVATE_ADDRESSES", "1")
    with misbehaving() as server:
        monkeypatch.setenv(API_SETTING, f"{server.address}/api")
        monkeypatch.setitem(ANSWERS, "/api", page(json.dumps(answer).encode()))
        (source,) = find_sources("wikipedia:Ties")
        with fetching_as(Fetching(tmp_path)):
            online = load_document(source)
        assert [method for method, _, _ in server.asked] == ["POST", "POST"]
    with fetching_as(Fetching(tmp_path, offline=True)):
        assert load_document(source) == online
    known = [json.loads(path.read_bytes()) for path in tmp_path.glob("*.json")]
    assert len(known) == 2
    assert [entry["revision"] for entry in known if "prop=revisions" in entry["asked"]] == ["12"]
