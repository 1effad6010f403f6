"""What a build fetched is kept, and the build is repeated from it without the network, to the same bytes."""

import json
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from tests.misbehaving import ANSWERS, misbehaving, page

Irkg = Callable[..., CompletedProcess[str]]

TEXT = "On 1 June 2018 Vladimir Putin telephoned Benjamin Netanyahu.\n"


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setitem(ANSWERS, "/visit.txt", page(TEXT.encode()))
    return tmp_path


def test_a_build_is_repeated_without_the_network(irkg: Irkg, here: Path) -> None:
    with misbehaving() as server:
        place = f"{server.address}/visit.txt"
        ran = irkg("build", place, "--private-addresses", "-o", "online.nq")
        assert ran.returncode == 0, ran.stderr
        asked = [path for _, path, _ in server.asked]
        assert asked[-1] == "/visit.txt"
        assert asked.count("/visit.txt") == 1
    ran = irkg("build", place, "--offline", "-o", "offline.nq")
    assert ran.returncode == 0, ran.stderr
    assert (here / "offline.nq").read_bytes() == (here / "online.nq").read_bytes()
    (known,) = (json.loads(path.read_bytes()) for path in (here / ".irkg" / "fetched").glob("*.json"))
    assert known["asked"] == place
    assert known["fetched"].encode() not in (here / "online.nq").read_bytes()


def test_what_was_never_fetched_is_not_there_without_the_network(irkg: Irkg) -> None:
    ran = irkg("build", "https://pages.example/a", "--offline")
    assert ran.returncode == 4
    assert ran.stderr.startswith("irkg: https://pages.example/a: was never fetched, or is not in .irkg/fetched any more; build it once ")


def test_an_address_within_is_refused_unless_told(irkg: Irkg) -> None:
    with misbehaving() as server:
        ran = irkg("build", f"{server.address}/visit.txt")
        assert ran.returncode == 1
        assert "is at 127.0.0.1, which is no public address; set IRKG_PRIVATE_ADDRESSES=1 to allow it" in ran.stderr
        assert irkg("extract", f"{server.address}/visit.txt", "--private-addresses").returncode == 0
