"""A server on 127.0.0.1 that answers as no server should: it speaks in bytes, and each path has its own misconduct."""

import gzip
import re
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

Say = Callable[[bytes], None]


@dataclass
class Misbehaving:
    """What it was asked, as ``(method, path, Host)``, what ``robots.txt`` holds, and the names that TLS clients asked for."""

    port: int
    asked: list[tuple[str, str, str]] = field(default_factory=list)
    names: list[str | None] = field(default_factory=list)
    robots: bytes = b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"
    stop: threading.Event = field(default_factory=threading.Event)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"


def page(content: bytes, *headers: str, status: str = "200 OK") -> bytes:
    lines = [f"HTTP/1.1 {status}", "Content-Type: text/plain", *headers, "", ""]
    return "\r\n".join(lines).encode("latin-1") + content


def moved(where: str) -> bytes:
    return page(b"", f"Location: {where}", "Content-Length: 0", status="302 Found")


def _packed(content: bytes) -> bytes:
    packed = gzip.compress(content, mtime=0)
    return page(packed, "Content-Encoding: gzip", f"Content-Length: {len(packed)}")


ANSWERS = {
    "/fish": page(b"Fish.", "Content-Length: 5"),
    "/chunks": page(b"2\r\nFi\r\n3\r\nsh.\r\n0\r\n\r\n", "Transfer-Encoding: chunked"),
    "/untold": page(b"Fish."),
    "/packed": _packed(b"Fish."),
    "/bomb": _packed(bytes(3_000_000)),
    "/half-packed": page(gzip.compress(b"Fish." * 99)[:-9], "Content-Encoding: gzip"),
    "/twice-packed": page(gzip.compress(b"Fish.") * 2, "Content-Encoding: gzip"),
    "/unpacked": page(b"Fish.", "Content-Encoding: gzip"),
    "/brotli": page(b"Fish.", "Content-Encoding: br"),
    "/too-short": page(b"Fish.", "Content-Length: 900"),
    "/too-long": page(b"Fish. And more.", "Content-Length: 5"),
    "/huge": page(b"Fish.", "Content-Length: 999999999999999999"),
    "/negative": page(b"Fish.", "Content-Length: -5"),
    "/broken-chunks": page(b"zz\r\nFish.", "Transfer-Encoding: chunked"),
    "/cut-chunks": page(b"ff\r\nFish.", "Transfer-Encoding: chunked"),
    "/long-header": page(b"", "X: " + "x" * 70_000),
    "/many-headers": page(b"", *[f"X-{number}: x" for number in range(200)]),
    "/garbage": b"\x16\x03\x01\x00\x05 fish \x1b[31m\r\n\r\n",
    "/no-words": b"HTTP/1.1 200\r\nContent-Type: text/plain\r\n\r\nFish.",
    "/nothing": b"",
    "/loud": page(b"", "Content-Length: 0", status="500 \x1b[31mRed\x07"),
    "/round": moved("/about"),
    "/about": moved("/round"),
    "/once": moved("/fish#part"),
    "/umlaut": moved("/f\xc3\xbcsh with blanks"),
    "/nowhere": page(b"", "Content-Length: 0", status="302 Found"),
    "/inward": moved("http://10.0.0.1/"),
    **{f"/{left}-left": moved(f"/{left - 1}-left") for left in range(2, 9)},
    "/1-left": moved("/fish"),
}


def _endless(say: Say) -> None:
    say(page(b""))
    while True:
        say(b"x" * 65536)


def _endless_head(say: Say) -> None:
    while True:
        say(b"HTTP/1.1 100 Continue\r\nX: x\r\n\r\n" * 100)


@contextmanager
def misbehaving(certificate: str | None = None) -> Iterator[Misbehaving]:
    """The server while it runs; with a certificate it speaks TLS."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        server = Misbehaving(listening.getsockname()[1])
        context = _tls(server, certificate) if certificate else None
        threads: list[threading.Thread] = []

        def accept() -> None:
            while True:
                connection, _ = listening.accept()
                if server.stop.is_set():
                    connection.close()
                    return
                threads.append(threading.Thread(target=_serve, args=(server, connection, context)))
                threads[-1].start()

        accepting = threading.Thread(target=accept)
        accepting.start()
        try:
            yield server
        finally:
            server.stop.set()
            socket.create_connection(listening.getsockname()).close()
            for thread in (accepting, *threads):
                thread.join()


def _tls(server: Misbehaving, certificate: str) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    context.sni_callback = lambda _socket, name, _context: server.names.append(name)
    return context


def _serve(server: Misbehaving, plain: socket.socket, context: ssl.SSLContext | None) -> None:
    with suppress(OSError), plain:
        plain.settimeout(10)
        with context.wrap_socket(plain, server_side=True) if context else plain as connection:
            _answer(server, connection)


def _answer(server: Misbehaving, connection: socket.socket) -> None:
    head = b""
    while b"\r\n\r\n" not in head and (piece := connection.recv(65536)):
        head += piece
    if not head:
        return
    method, path, _ = head.split(b"\r\n", 1)[0].decode("latin-1").split(" ")
    host = next(line[6:] for line in head.decode("latin-1").split("\r\n") if line.startswith("Host: "))
    server.asked.append((method, path, host))
    _take_body(connection, head)
    match path:
        case "/robots.txt":
            connection.sendall(server.robots)
        case "/endless":
            _endless(connection.sendall)
        case "/endless-head":
            _endless_head(connection.sendall)
        case "/drip" | "/drip-head":
            connection.sendall(page(b"") if path == "/drip" else b"HTTP/1.1 200 OK\r\nX: ")
            while not server.stop.wait(0.02):
                connection.sendall(b"x")
        case "/silent":
            server.stop.wait(10)
        case "/reset":
            connection.sendall(page(b"Fish", "Content-Length: 5"))
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
        case _:
            connection.sendall(ANSWERS.get(path, page(path.encode("latin-1"))))


def _take_body(connection: socket.socket, head: bytes) -> None:
    """Reads a form to its end: a connection that is closed before is reset, and its answer may be lost."""
    announced = re.search(rb"(?i)\r\nContent-Length: (\d+)", head)
    left = int(announced[1]) - len(head.partition(b"\r\n\r\n")[2]) if announced else 0
    while left > 0 and (piece := connection.recv(65536)):
        left -= len(piece)
