"""What a host lets programs read (RFC 9309), by the standard library's reader of ``robots.txt``."""

from urllib.robotparser import RobotFileParser

from loaders.texts.wire import Answer
from ontology.errors import UnreachableError

_MOST_READ = 512_000  # bytes; the RFC asks for 500 KiB at least


def rules_in(answer: Answer) -> RobotFileParser:
    """The rules that stand in an answer to ``/robots.txt``; where there is none, all is allowed.

    Raises:
        UnreachableError: the server can't say, and so nothing is allowed.
    """
    if answer.status >= 500 or answer.status == 429:
        raise UnreachableError(
            f"{answer.address}: /robots.txt of its host is answered by {answer.status} {answer.reason}, and before it can be read "
            "nothing may be; try again later, or save the page to a file"
        )
    parser = RobotFileParser()
    content = b"" if answer.refuses else answer.content[:_MOST_READ]
    parser.parse(content.decode("utf-8", "replace").removeprefix("\ufeff").splitlines())
    return parser
