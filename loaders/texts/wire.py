"""One request over HTTP, and what a server answers, for no longer and no more than was allowed."""

import functools
import http.client
import io
import socket
import ssl
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from time import monotonic
from typing import Any
from urllib.parse import urlunsplit

from loaders.texts.addresses import Spot, spot_of
from ontology.errors import IrkgError, UnreachableError

_CONNECT_S = 10  # for one of the addresses of a name; then the next one is tried
_PIECE = 1 << 16  # bytes that are read at once
_MOST_SAID = 200  # characters of a server's words in a message
_GZIP = 16 + zlib.MAX_WBITS


@dataclass(frozen=True, slots=True)
class Limits:
    """What fetching may take: seconds in all, bytes (as sent, and as unpacked), and how many redirects are followed."""

    seconds: float = 60
    bytes: int = 20_000_000
    redirects: int = 5


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server gave. ``address`` is the one that it came from in the end; ``retry_after`` what a busy server asks for;
    ``location`` where one that redirects leads to."""

    content: bytes
    kind: str
    address: str
    charset: str | None = None
    status: int = 200
    reason: str = ""
    retry_after: str | None = None
    location: str | None = None

    @property
    def refuses(self) -> bool:
        """Is it anything but what was asked for?"""
        return not 200 <= self.status < 300


def exchange(address: str, headers: Mapping[str, str], form: bytes | None, limits: Limits, ends: float, *, private: bool) -> Answer:
    """The answer to one request, a redirect or a refusal too; with a ``form`` it is a POST. ``ends`` is a time of the monotonic clock.

    Raises:
        UsageError: the address is not well formed.
        IrkgError: it is no public one (unless ``private``), or gives too much.
        UnreachableError: the server can't be reached, or does not answer as it should.
    """
    spot = spot_of(address, private=private)
    connection = _connection(spot, ends)
    try:
        connection.connect()
        connection.sock.settimeout(_left(ends))
        connection.request("GET" if form is None else "POST", _target(spot, address), body=form, headers=_headers(spot, headers))
        with connection.getresponse() as given:
            return _answer(address, given, limits)
    except (OSError, http.client.HTTPException) as error:
        short = "cut off in the middle" if isinstance(error, http.client.IncompleteRead) else said(error) or type(error).__name__
        reason = f"no answer within {limits.seconds:g} s" if monotonic() >= ends else short
        raise UnreachableError(f"{address}: can't be reached ({reason}); check it, or save its text to a file") from None
    finally:
        connection.close()


def said(words: object) -> str:
    """A server's words on one line, without what a terminal would obey."""
    line = " ".join(str(words).split())[:_MOST_SAID]
    return "".join(sign if sign.isprintable() else "?" for sign in line)


def _target(spot: Spot, address: str) -> str:
    if spot.proxy and spot.parts.scheme == "http":
        return address.partition("#")[0]
    return urlunsplit(("", "", spot.parts.path or "/", spot.parts.query, ""))


def _headers(spot: Spot, headers: Mapping[str, str]) -> dict[str, str]:
    return {**headers, **(spot.proxy.headers if spot.proxy and spot.parts.scheme == "http" else {}), "Connection": "close"}


def _connection(spot: Spot, ends: float) -> http.client.HTTPConnection:
    """Not yet connected. The host's name stays in what is sent and in the certificate that is asked for."""
    host, port = (spot.proxy.host, spot.proxy.port) if spot.proxy else (spot.host, spot.port)
    connection: Any
    if spot.parts.scheme == "http":
        connection = http.client.HTTPConnection(host, port)
    else:
        connection = http.client.HTTPSConnection(host, port, context=ssl.create_default_context())
        if spot.proxy:
            connection.set_tunnel(spot.host, spot.port, dict(spot.proxy.headers))
    connection._create_connection = lambda *_: _connected(spot, ends)  # where http.client itself keeps what makes the socket
    connection.response_class = functools.partial(_response, ends)
    made: http.client.HTTPConnection = connection
    return made


def _connected(spot: Spot, ends: float) -> socket.socket:
    """A socket to the proxy, or to one of the addresses that were looked at."""
    problem = OSError("its name has no address")
    for place in [(spot.proxy.host, spot.proxy.port)] if spot.proxy else [(ip, spot.port) for ip in spot.ips]:
        try:
            connected = socket.create_connection(place, min(_CONNECT_S, _left(ends)))
        except OSError as error:
            problem = error
        else:
            connected.settimeout(_left(ends))
            return connected
    raise problem


def _response(ends: float, connected: socket.socket, *args: Any, **named: Any) -> http.client.HTTPResponse:
    timed: Any = _Timed(connected, ends)  # all that a response wants of a socket is its file
    return http.client.HTTPResponse(timed, *args, **named)


class _Timed(io.RawIOBase):
    """What a socket gives until time is up: each waiting is for what is left of it, so that nothing is gained by dripping."""

    def __init__(self, connected: socket.socket, ends: float) -> None:
        self._socket, self._ends = connected, ends
        self._file = connected.makefile("rb", buffering=0)  # keeps the socket open as long as the response is

    def makefile(self, mode: str) -> io.BufferedReader:
        return io.BufferedReader(self)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int | None:
        self._socket.settimeout(_left(self._ends))
        return self._file.readinto(buffer)

    def close(self) -> None:
        self._file.close()
        super().close()


def _left(ends: float) -> float:
    left = ends - monotonic()
    if left <= 0:
        raise TimeoutError("timed out")
    return left


def _answer(address: str, given: http.client.HTTPResponse, limits: Limits) -> Answer:
    headers = given.headers
    refusal = Answer(b"", "", address, None, given.status, said(given.reason), headers.get("Retry-After"), headers.get("Location"))
    if refusal.refuses:
        return refusal
    content = _unpacked(address, _content(address, given, limits), headers.get("Content-Encoding", ""), limits)
    # maxlag of MediaWiki is a refusal that is called an answer
    return Answer(content, headers.get_content_type(), address, headers.get_content_charset(), retry_after=headers.get("Retry-After"))


def _content(address: str, given: http.client.HTTPResponse, limits: Limits) -> bytes:
    announced = given.length
    content = bytearray()
    while (announced or 0) <= limits.bytes and len(content) <= limits.bytes:
        piece = given.read(min(_PIECE, limits.bytes + 1 - len(content)))
        if not piece:
            break
        content += piece
    if max(len(content), announced or 0) > limits.bytes:
        raise IrkgError(f"{address}: is larger than {limits.bytes} bytes")
    if announced is not None and len(content) < announced:
        raise UnreachableError(f"{address}: can't be reached (cut off after {len(content)} of {announced} bytes); try again")
    return bytes(content)


def _unpacked(address: str, content: bytes, encoding: str, limits: Limits) -> bytes:
    """The content as it was before the server packed it, which Wikipedia asks its clients to let it do."""
    encoding = encoding.strip().lower()
    if encoding in ("", "identity"):
        return content
    if encoding not in ("gzip", "x-gzip"):
        raise IrkgError(f"{address}: comes packed as {said(encoding)}, which was not asked for; save its text to a file and name that")
    unpacking = zlib.decompressobj(_GZIP)
    try:
        unpacked = unpacking.decompress(content, limits.bytes + 1)
    except zlib.error:
        raise UnreachableError(f"{address}: can't be reached (what it sends is no gzip, as it says); try again") from None
    if len(unpacked) > limits.bytes:
        raise IrkgError(f"{address}: is larger than {limits.bytes} bytes when it is unpacked")
    if not unpacking.eof or unpacking.unused_data:
        raise UnreachableError(f"{address}: can't be reached (its gzip does not end where it should); try again")
    return unpacked
