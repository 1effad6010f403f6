"""What goes between the front and an engine: a request, and the response to it."""

from dataclasses import dataclass
from functools import cached_property
from urllib.parse import parse_qsl

from ontology.errors import IrkgError

TEXT = "text/plain; charset=utf-8"
FORM = "application/x-www-form-urlencoded"


@dataclass(frozen=True)
class Request:
    """A request as it came. ``path`` is decoded and begins with ``/``; ``query`` is what stands behind ``?``, as it was."""

    method: str
    path: str
    query: str = ""
    accept: str = "*/*"
    content_type: str = ""
    body: bytes = b""

    @cached_property
    def parameters(self) -> tuple[tuple[str, str], ...]:
        """The parameters of the address and of a form in the body, in order, those that are repeated too."""
        form = self.body if self.media_type == FORM else b""
        return tuple(_pairs(self.query) + _pairs(form.decode("utf-8", "strict") if form else ""))

    @property
    def media_type(self) -> str:
        """The type of the body without its parameters."""
        return self.content_type.partition(";")[0].strip().lower()

    def all(self, name: str) -> list[str]:
        """Every value of a parameter."""
        return [value for key, value in self.parameters if key == name]

    def first(self, name: str) -> str | None:
        """The first value of a parameter, None where it is missing or empty."""
        return next((value for value in self.all(name) if value), None)


@dataclass(frozen=True)
class Response:
    """What is answered: always whole, never a stream, so that its status can be trusted."""

    status: int
    content_type: str
    body: bytes
    headers: tuple[tuple[str, str], ...] = ()


class RefusalError(IrkgError):
    """A request that is answered with a status of its own and one line that says why."""

    def __init__(self, status: int, reason: str, headers: tuple[tuple[str, str], ...] = ()) -> None:
        super().__init__(reason)
        self.status = status
        self.headers = headers


def plain(status: int, text: str, headers: tuple[tuple[str, str], ...] = ()) -> Response:
    """A response of one line."""
    return Response(status, TEXT, f"{text}\n".encode(), headers)


def _pairs(text: str) -> list[tuple[str, str]]:
    try:
        return parse_qsl(text, keep_blank_values=True, errors="strict", max_num_fields=200)
    except ValueError as error:  # UnicodeDecodeError is one
        raise RefusalError(400, f"the parameters can't be read ({error}); write them URL-encoded in UTF-8") from None
