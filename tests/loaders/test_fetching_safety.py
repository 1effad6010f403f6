"""Fetching from a server that misbehaves, from names that lead inward, and by rules of hosts that say no."""

import shutil
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path
from time import monotonic

import pytest

from loaders.texts.addresses import is_public
from loaders.texts.fetching import _rules, ask, fetch, fetch_page
from loaders.texts.wire import Limits
from ontology.errors import IrkgError, UsageError
from tests.misbehaving import ANSWERS, Misbehaving, misbehaving, moved, page

QUICK = Limits(seconds=0.5, bytes=2_000_000)
LATE = 3  # seconds after which a test of half a second has failed, on a machine that has much else to do


@pytest.fixture(scope="module")
def running() -> Iterator[Misbehaving]:
    with misbehaving() as server:
        yield server


@pytest.fixture
def server(running: Misbehaving, monkeypatch: pytest.MonkeyPatch) -> Misbehaving:
    """The server, allowed as a private address, and with its rules not yet known."""
    monkeypatch.setenv("IRKG_PRIVATE_ADDRESSES", "1")
    _rules.cache_clear()
    running.asked.clear()
    return running


class Names(dict[str, list[str]]):
    """What name servers say, by host: the test fills it in. ``asked`` are the names that somebody wanted to know."""

    asked: list[str]


@pytest.fixture
def names(monkeypatch: pytest.MonkeyPatch) -> Names:
    known, resolve = Names(), socket.getaddrinfo
    known.asked = []

    def answer(host: str, port: int, *args: int, **named: int) -> object:
        if host.replace(".", "").isdecimal():
            return resolve(host, port, *args, **named)
        known.asked.append(host)
        if host not in known:
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (ip, port)) for ip in known[host]]

    monkeypatch.setattr(socket, "getaddrinfo", answer)
    return known


def refusal(address: str, limits: Limits = QUICK) -> str:
    """What is said of an address that is refused, without the address."""
    with pytest.raises(IrkgError) as refused:
        fetch(address, limits)
    assert "\n" not in str(refused.value)
    assert str(refused.value).isprintable()
    assert str(refused.value).startswith(f"{address}: ")
    return str(refused.value).removeprefix(f"{address}: ")


# Which addresses are public


@pytest.mark.parametrize(
    "ip",
    [
        "0.0.0.0", "0.1.2.3", "10.0.0.1", "100.64.0.1", "127.0.0.1", "127.8.8.8", "169.254.169.254", "172.16.0.1", "172.31.255.255",
        "192.0.2.1", "192.168.1.1", "198.18.0.1", "198.51.100.1", "203.0.113.1", "224.0.0.1", "239.255.255.250", "240.0.0.1",
        "255.255.255.255", "::", "::1", "fe80::1", "fe80::1%eth0", "fc00::1", "fd12:3456::1", "ff02::1", "2001:db8::1",
        "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:a9fe:a9fe", "::127.0.0.1", "2002:7f00:1::", "2002:a00:1::1",
        "64:ff9b::7f00:1", "64:ff9b::10.0.0.1", "64:ff9b:1::a00:1", "2001:0:4136:e378:8000:63bf:f5ff:fffe",
    ],
)  # fmt: skip
def test_an_address_within(ip: str) -> None:
    assert not is_public(ip)


@pytest.mark.parametrize("ip", ["1.1.1.1", "8.8.8.8", "172.32.0.1", "193.0.6.139", "2606:4700::1111", "2a02:ec80:300:ed1a::1"])
def test_an_address_of_the_open_internet(ip: str) -> None:
    assert is_public(ip)


@pytest.mark.parametrize(
    ("host", "ip"),
    [
        ("127.0.0.1", "127.0.0.1"), ("localhost", None), ("2130706433", "127.0.0.1"), ("0x7f000001", "127.0.0.1"),
        ("0177.0.0.1", "127.0.0.1"), ("127.1", "127.0.0.1"), ("0", "0.0.0.0"), ("10.1.2.3", "10.1.2.3"),
        ("169.254.169.254", "169.254.169.254"), ("[::1]", "::1"), ("[::ffff:127.0.0.1]", "::ffff:127.0.0.1"), ("[::]", "::"),
    ],
)  # fmt: skip
def test_however_it_is_spelt(running: Misbehaving, host: str, ip: str | None) -> None:
    running.asked.clear()
    said = refusal(f"http://{host}:{running.port}/fish")
    assert said.endswith(", which is no public address; set IRKG_PRIVATE_ADDRESSES=1 to allow it")
    assert ip is None or said.startswith(f"is at {ip}, ")
    assert running.asked == []


@pytest.mark.parametrize("ips", [["10.0.0.1"], ["93.184.215.14", "10.0.0.1"], ["127.0.0.1", "93.184.215.14"], ["fe80::1%2"]])
def test_a_name_that_leads_inward(names: Names, ips: list[str]) -> None:
    names["pages.example"] = ips
    inward = next(ip for ip in ips if ip != "93.184.215.14")
    assert refusal("https://pages.example/") == f"is at {inward}, which is no public address; set IRKG_PRIVATE_ADDRESSES=1 to allow it"


def test_a_name_that_nobody_knows(names: Names) -> None:
    assert refusal("http://pages.example/") == "can't be reached (Name or service not known); check it, or save its text to a file"


def test_the_address_that_was_looked_at_is_the_one_that_is_asked(server: Misbehaving, names: Names) -> None:
    """A name server may answer otherwise the second time (DNS rebinding), so there is no second time."""
    names["pages.example"] = ["127.0.0.1"]
    assert ask(f"http://pages.example:{server.port}/fish", "text/plain").content == b"Fish."
    assert names.asked == ["pages.example"]
    assert server.asked == [("GET", "/fish", f"pages.example:{server.port}")]


def test_the_next_address_of_a_name_is_tried(server: Misbehaving, names: Names) -> None:
    names["pages.example"] = ["127.0.0.2", "127.0.0.1"]  # nobody listens at the first
    assert ask(f"http://pages.example:{server.port}/fish", "text/plain").content == b"Fish."


def test_a_certificate_is_of_the_name_not_of_the_number(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, names: Names) -> None:
    certificate = own_certificate(tmp_path)
    monkeypatch.setenv("IRKG_PRIVATE_ADDRESSES", "1")
    names |= {"pages.example": ["127.0.0.1"], "other.example": ["127.0.0.1"]}
    with misbehaving(certificate) as server:
        ours, others = (f"https://{host}.example:{server.port}/fish" for host in ("pages", "other"))
        assert "CERTIFICATE_VERIFY_FAILED" in refusal(ours)
        monkeypatch.setenv("SSL_CERT_FILE", certificate)
        assert fetch(ours) == b"Fish."
        assert "Hostname mismatch" in refusal(others)
        assert server.names[-1] == "other.example"
        assert server.asked[-1] == ("GET", "/fish", f"pages.example:{server.port}")
        assert "redirects from https to " in refusal(ours.replace("/fish", "/inward"))


def own_certificate(folder: Path) -> str:
    """A certificate for ``pages.example`` with its key, in one file."""
    program = shutil.which("openssl")
    if program is None:
        pytest.skip("needs openssl to make a certificate: apt-get install openssl (Debian)")
    key, certificate, both = folder / "key.pem", folder / "certificate.pem", folder / "both.pem"
    command = [
        program, "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", key, "-out", certificate, "-days", "2",
        "-subj", "/CN=pages.example", "-addext", "subjectAltName=DNS:pages.example",
    ]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True)
    both.write_text(key.read_text() + certificate.read_text())
    return str(both)


# Addresses that are none


@pytest.mark.parametrize(
    "address",
    [
        "ftp://a/", "file:///etc/passwd", "javascript:alert(1)", "http://", "http://a b/", "http://a\tb/", "http://a\0b/", "http://a\\b/",
        "http://a:99999/", "http://[fe80::1/", "http://" + "a" * 300, "http://" + "a" * 64 + ".example/", "http://%31/",
    ],
)  # fmt: skip
def test_an_address_that_is_none(address: str) -> None:
    with pytest.raises(UsageError, match="is no well-formed address"):
        fetch(address)


def test_a_password_is_neither_sent_nor_shown() -> None:
    with pytest.raises(UsageError) as refused:
        fetch("http://ada:secret@example.org/a")
    assert str(refused.value) == (
        "http://…@example.org/a: an address with a user's name or password is not fetched; save its text to a file and name that"
    )


# Redirects


def test_redirects_are_followed_and_told(server: Misbehaving) -> None:
    answer = fetch_page(f"{server.address}/5-left")
    assert (answer.content, answer.address) == (b"Fish.", f"{server.address}/fish")
    assert fetch_page(f"{server.address}/once").address == f"{server.address}/fish"


@pytest.mark.parametrize("path", ["/6-left", "/round"])
def test_redirects_that_do_not_end(server: Misbehaving, path: str) -> None:
    assert refusal(server.address + path) == "redirects more than 5 times; name the address where it ends"
    assert len(server.asked) == 1 + 6  # one for the rules


@pytest.mark.parametrize(
    "where", ["http://127.0.0.1:{port}/fish", "http://10.0.0.1/", "//169.254.169.254/latest", "http://localhost:{port}/"]
)
def test_a_redirect_inward_is_refused(server: Misbehaving, monkeypatch: pytest.MonkeyPatch, names: Names, where: str) -> None:
    """The first step is made to look public; each following one is looked at too."""
    monkeypatch.delenv("IRKG_PRIVATE_ADDRESSES")
    names |= {"pages.example": ["127.0.0.1"], "localhost": ["127.0.0.1"]}
    monkeypatch.setattr("loaders.texts.addresses.is_public", First())
    where = where.format(port=server.port)
    monkeypatch.setitem(ANSWERS, "/away", moved(where))
    said_of = f"http://pages.example:{server.port}/away"
    with pytest.raises(IrkgError, match=r"is at [0-9.]+, which is no public address") as refused:
        ask(said_of, "text/plain", limits=QUICK)
    assert str(refused.value).startswith(where if where.startswith("http") else f"http:{where}")
    assert [path for _, path, _ in server.asked] == ["/away"]


class First:
    """Calls the first address public, and is right of all others."""

    def __init__(self) -> None:
        self.asked = 0

    def __call__(self, ip: str) -> bool:
        self.asked += 1
        return self.asked == 1 or is_public(ip)


@pytest.mark.parametrize(
    "where",
    [
        "file:///etc/passwd", "ftp://example.org/a", "javascript:alert(1)", "data:text/plain,Fish", "http://ada:secret@example.org/",
        "http://[::1", "http://a:b/",
    ],
)  # fmt: skip
def test_a_redirect_to_what_is_not_fetched(server: Misbehaving, monkeypatch: pytest.MonkeyPatch, where: str) -> None:
    monkeypatch.setitem(ANSWERS, "/away", moved(where))
    said = refusal(f"{server.address}/away")
    assert said == f"redirects to {where}, which is not fetched; save its text to a file and name that"


def test_a_redirect_to_an_address_as_browsers_take_it(server: Misbehaving) -> None:
    assert fetch(f"{server.address}/umlaut") == b"/f%C3%BCsh%20with%20blanks"


def test_a_redirect_that_says_not_where(server: Misbehaving) -> None:
    assert refusal(f"{server.address}/nowhere") == "the server answers 302 Found"


def test_a_form_is_not_sent_on(server: Misbehaving) -> None:
    assert ask(f"{server.address}/once", "application/json", {"a": "b"}).status == 302
    assert server.asked == [("POST", "/once", f"127.0.0.1:{server.port}")]


# Answers that are none


@pytest.mark.parametrize("path", ["/fish", "/chunks", "/untold", "/packed", "/too-long", "/no-words"])
def test_what_is_fetched_however_it_comes(server: Misbehaving, path: str) -> None:
    assert fetch(server.address + path, QUICK) == b"Fish."


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("/endless", "is larger than 2000000 bytes"),
        ("/huge", "is larger than 2000000 bytes"),
        ("/bomb", "is larger than 2000000 bytes when it is unpacked"),
        ("/brotli", "comes packed as br, which was not asked for; save its text to a file and name that"),
        ("/half-packed", "can't be reached (its gzip does not end where it should); try again"),
        ("/twice-packed", "can't be reached (its gzip does not end where it should); try again"),
        ("/unpacked", "can't be reached (what it sends is no gzip, as it says); try again"),
        ("/too-short", "can't be reached (cut off after 5 of 900 bytes); try again"),
        ("/broken-chunks", "can't be reached (cut off in the middle); check it, or save its text to a file"),
        ("/cut-chunks", "can't be reached (cut off in the middle); check it, or save its text to a file"),
        ("/long-header", "can't be reached (got more than 65536 bytes when reading header line); check it, or save its text to a file"),
        ("/many-headers", "can't be reached (got more than 100 headers); check it, or save its text to a file"),
        ("/garbage", "can't be reached (????? fish ?[31m); check it, or save its text to a file"),
        (
            "/nothing",
            "can't be reached (Remote end closed connection without response); check it, or save its text to a file",
        ),
        ("/reset", "can't be reached ([Errno 104] Connection reset by peer); check it, or save its text to a file"),
        ("/loud", "the server answers 500 ?[31mRed?"),
    ],
)
def test_what_is_no_answer(server: Misbehaving, path: str, message: str) -> None:
    assert refusal(server.address + path, Limits(seconds=5, bytes=2_000_000)) == message


@pytest.mark.parametrize("path", ["/drip", "/drip-head", "/silent", "/endless-head"])
def test_time_is_up_however_slowly_it_comes(server: Misbehaving, path: str) -> None:
    began = monotonic()
    assert refusal(server.address + path) == "can't be reached (no answer within 0.5 s); check it, or save its text to a file"
    assert 0.4 < monotonic() - began < LATE


# The rules of a host


RULES = "User-agent: *\nDisallow: /\n\nUser-agent: irkg\nDisallow: /private\nAllow: /\n"


@pytest.mark.parametrize(
    ("robots", "allowed"),
    [
        (page(b"User-agent: *\nDisallow: /f", "Content-Length: 26"), False),
        (page(b"\xef\xbb\xbfUser-agent: irkg\nDisallow: /fish"), False),
        (page(b"User-agent: IRKG\nDisallow: /"), False),
        (page(RULES.encode()), True),
        (page(b"User-agent: other\nDisallow: /"), True),
        (page(b"<html>\xff\0 none</html>"), True),
        (page(b"", status="403 Forbidden"), True),
        (page(b"", status="410 Gone"), True),
        (page(b"x" * 3_000, "Content-Encoding: br"), True),
        (moved("/robots.txt"), True),
        (moved("file:///etc/passwd"), True),
    ],
)
def test_what_a_host_lets_programs_read(server: Misbehaving, monkeypatch: pytest.MonkeyPatch, robots: bytes, allowed: bool) -> None:
    monkeypatch.setattr(server, "robots", robots)
    if allowed:
        assert fetch(f"{server.address}/fish", QUICK) == b"Fish."
    else:
        assert refusal(f"{server.address}/fish") == (
            "is not for programs, as its host says in /robots.txt; save the page to a file and name that"
        )
        assert {path for _, path, _ in server.asked} == {"/robots.txt"}


@pytest.mark.parametrize("status", ["500 Internal Server Error", "503 Service Unavailable", "429 Too Many Requests"])
def test_where_the_rules_can_not_be_read_nothing_is(server: Misbehaving, monkeypatch: pytest.MonkeyPatch, status: str) -> None:
    monkeypatch.setattr(server, "robots", page(b"", "Content-Length: 0", status=status))
    for _ in range(2):  # what failed is asked for again
        assert refusal(f"{server.address}/fish") == (
            f"/robots.txt of its host is answered by {status}, and before it can be read nothing may be; "
            "try again later, or save the page to a file"
        )
    assert [path for _, path, _ in server.asked] == ["/robots.txt", "/robots.txt"]


def test_the_rules_of_the_host_that_it_redirects_to_count(server: Misbehaving, names: Names) -> None:
    names["pages.example"] = ["127.0.0.1"]
    with misbehaving() as other:
        other.robots = page(b"User-agent: *\nDisallow: /")
        ANSWERS["/over"] = moved(f"http://pages.example:{other.port}/fish")
        with pytest.raises(IrkgError, match=rf"^http://pages\.example:{other.port}/fish: is not for programs"):
            fetch(f"{server.address}/over")
        assert [path for _, path, _ in other.asked] == ["/robots.txt"]


def test_an_api_is_asked_without_rules(server: Misbehaving, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server, "robots", page(b"User-agent: *\nDisallow: /"))
    assert ask(f"{server.address}/fish", "application/json").content == b"Fish."
    assert [path for _, path, _ in server.asked] == ["/fish"]


# Behind a proxy


def test_a_proxy_is_asked_for_the_whole_address(server: Misbehaving, monkeypatch: pytest.MonkeyPatch, names: Names) -> None:
    monkeypatch.setenv("http_proxy", f"http://ada:secret@127.0.0.1:{server.port}")
    monkeypatch.delenv("IRKG_PRIVATE_ADDRESSES")
    address = "http://pages.example/fish?a=b"
    assert ask(address, "text/plain").content == address.encode()
    assert server.asked == [("GET", address, "pages.example")]
    assert "is at 10.0.0.1, which is no public address" in refusal("http://10.0.0.1/")
    monkeypatch.setenv("no_proxy", "pages.example")
    assert refusal(address) == "can't be reached (Name or service not known); check it, or save its text to a file"
