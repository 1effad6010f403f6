"""The server that clients meet: HTTP/1.1 on one address, a thread for each connection, and no graph.

What an engine answers is whole before the first byte of it is sent, so that a status is never taken back.
"""

import contextlib
import os
import signal
import socket
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from graph.store import open_store
from irkg.serving.engines import Engines, Limits
from irkg.serving.messages import RefusalError, Request, Response, plain
from irkg.serving.pages import policy, refused
from ontology.errors import IrkgError, UsageError

MOST_ASKED = 1 << 20  # bytes of the body of a request
_MOST_PASSED_OVER = 64 << 20  # bytes of a body that is too large; who sends more is cut off
_IDLE_S = 30  # a connection on which nothing comes is closed


class Server(ThreadingHTTPServer):
    """Listens, and has engines answer."""

    daemon_threads = True
    request_queue_size = 64

    def __init__(self, host: str, port: int, engines: Engines) -> None:
        self.engines = engines
        self.address_family = socket.AF_INET6 if ":" in host else socket.AF_INET
        super().__init__((host, port), _Handler)

    def server_bind(self) -> None:
        """Without asking a name server what this machine is called, as the standard library does."""
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self.socket.bind(self.server_address)
        self.server_address = self.socket.getsockname()
        self.server_name, self.server_port = str(self.server_address[0]), int(self.server_address[1])

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that hangs up is no error."""

    def is_called(self, host: str) -> bool:
        """Is it the one that a request names? A server for this machine alone answers to no other name than the machine's own,
        lest a page elsewhere whose name is made to mean this machine reads the graph (DNS rebinding)."""
        name = urlsplit(f"//{host}").hostname or ""
        return not _is_this_machine(self.server_name) or name == "localhost" or _is_this_machine(name)

    @property
    def url(self) -> str:
        """Its root, which ends with a slash."""
        host = f"[{self.server_name}]" if ":" in self.server_name else self.server_name
        return f"http://{host}:{self.server_port}/"


@contextlib.contextmanager
def listening(store: Path, host: str, port: int, limits: Limits) -> Iterator[Server]:
    """A server that is bound and has its engines; all of it ends with the block.

    Raises:
        UsageError: a port or a limit that can't be.
        IrkgError: the store holds no graph, or the address is taken.
    """
    if not 0 <= port < 65_536:
        raise UsageError(f"--port {port}: a port is a number from 0 to 65535")
    if limits.seconds <= 0 or limits.bytes <= 0:
        raise UsageError("--timeout-s and --max-mb: a limit is more than 0")
    open_store(store)
    engines = Engines(store, limits, _count())
    try:
        with _bound(host, port, engines) as server:
            yield server
    finally:
        engines.close()


def serve(store: Path, host: str, port: int, limits: Limits, say: Callable[[str], None]) -> None:
    """Serves until Ctrl-C, or until it is told to end; errors as for ``listening``."""
    with listening(store, host, port, limits) as server:
        ended = signal.signal(signal.SIGTERM, signal.default_int_handler)
        say(f"{store}: served at {server.url}, SPARQL at {server.url}sparql; Ctrl-C ends it")
        try:
            server.serve_forever(poll_interval=0.1)
        except KeyboardInterrupt:
            say("ended")
        finally:
            signal.signal(signal.SIGTERM, ended)


def _bound(host: str, port: int, engines: Engines) -> Server:
    try:
        return Server(host, port, engines)
    except OSError as error:
        reason = error.strerror or str(error)
        raise IrkgError(f"{host}:{port}: can't be served ({reason}); name another with --port, or with --host") from None


def _count() -> int:
    """How many engines: one for each processor, and some more, so that a slow query does not stop the others."""
    return max(4, min(8, os.cpu_count() or 1))


def _is_this_machine(name: str) -> bool:
    try:
        return ip_address(name).is_loopback
    except ValueError:
        return False


class _Handler(BaseHTTPRequestHandler):
    """One connection."""

    server: Server
    protocol_version = "HTTP/1.1"
    timeout = _IDLE_S
    wbufsize = -1  # the head and the body of a response go out together
    disable_nagle_algorithm = True

    def _handle(self) -> None:
        try:
            request = self._request()
        except RefusalError as refusal:
            self.close_connection = True  # what is left of the request has not been read
            self._respond(plain(refusal.status, str(refusal), refusal.headers))
            return
        try:
            self._respond(self.server.engines.answer(request))
        except RefusalError as refusal:
            self._respond(refused(request, refusal))

    # Each method is let through, so that the refusal says what is allowed.
    do_GET = do_HEAD = do_POST = do_PUT = do_DELETE = do_PATCH = do_OPTIONS = _handle

    def _request(self) -> Request:
        address = urlsplit(self.path)
        body = self._body()
        if not self.server.is_called(self.headers.get("Host", "localhost")):
            raise RefusalError(421, "this server answers to localhost and 127.0.0.1; start it with --host to let others in")
        try:
            path = unquote(address.path, errors="strict")
        except UnicodeDecodeError:
            raise RefusalError(400, "the path is not UTF-8") from None
        accept = ", ".join(self.headers.get_all("Accept") or [])
        request = Request(self.command, path, address.query, accept, self.headers.get("Content-Type", ""), body)
        _ = request.parameters  # which can be read, or are refused here
        return request

    def _body(self) -> bytes:
        if self.headers.get("Transfer-Encoding"):
            raise RefusalError(411, "a body is sent with its Content-Length here")
        length = self.headers.get("Content-Length", "0")
        if not length.isdecimal():
            raise RefusalError(400, f"Content-Length: {length[:40]}: is no number")
        if int(length) > MOST_ASKED:
            self._pass_over(min(int(length), _MOST_PASSED_OVER))
            raise RefusalError(413, f"a request has at most {MOST_ASKED} bytes here")
        return self.rfile.read(int(length))

    def _pass_over(self, length: int) -> None:
        """Reads and forgets a body, since a client that still sends does not hear why it is refused."""
        while length > 0 and (part := self.rfile.read(min(length, MOST_ASKED))):
            length -= len(part)

    def _respond(self, response: Response) -> None:
        self.send_response(response.status)
        headers = {
            "Content-Type": response.content_type,
            "Content-Length": str(len(response.body)),
            "Content-Security-Policy": policy(response.body if response.content_type.startswith("text/html") else b""),
            "X-Content-Type-Options": "nosniff",
            "Referrer-Policy": "no-referrer",
            **dict(response.headers),
        }
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(response.body)

    def version_string(self) -> str:
        """Without the version of Python."""
        return "irkg"

    def log_message(self, format: str, *args: object) -> None:
        """Silent: who asks what is nobody's business."""
