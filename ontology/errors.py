"""The project's exceptions: one base, a few children, each with the exit code of the command line.

A message says what was wrong, where, and what to do::

    IrkgError                 1  something failed
    ├── UsageError            2  the call was wrong: an unknown name, kind or parameter
    ├── ConformanceError      3  data that breaks the shapes
    └── UnreachableError      4  a source or a server that can't be reached
"""


class IrkgError(Exception):
    """Something failed in a way a user can understand and mend."""

    exit_code = 1


class UsageError(IrkgError):
    """The call itself was wrong."""

    exit_code = 2


class ConformanceError(IrkgError):
    """A graph that does not conform to the shapes."""

    exit_code = 3


class UnreachableError(IrkgError):
    """A source or a server that can't be reached."""

    exit_code = 4
