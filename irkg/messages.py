"""What is said to the person at the terminal: progress and warnings, always on stderr."""

import sys
from collections.abc import Callable

Say = Callable[[str], None]


def say(message: str) -> None:
    """One line on stderr."""
    print(message, file=sys.stderr, flush=True)


def silent(message: str) -> None:
    """Says nothing; for notebooks and tests."""
