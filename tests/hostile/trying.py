"""What the tests of all readers share: rubbish in the format of each, and worst cases under limits of time and memory."""

import subprocess
import sys
from datetime import timedelta

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from benchmarks.fuzz import READERS

SOME = settings(
    max_examples=60, derandomize=True, database=None, deadline=timedelta(seconds=20), suppress_health_check=[HealthCheck.too_slow]
)
FEW = settings(SOME, max_examples=12)

SLOWEST_S = 10
MOST_MB = 4096  # of addresses, which libraries of numbers take for each core

# The system ends the process when the alarm goes off, wherever it is, and gives it no more memory than it may have.
_CHILD = """
import resource, signal, sys
from benchmarks.fuzz import READERS
name, seconds, megabytes, *cases = sys.argv[1:]
READERS[name].try_to_read("")
resource.setrlimit(resource.RLIMIT_AS, (int(megabytes) << 20, int(megabytes) << 20))
for case in cases:
    print(case, flush=True)
    text = eval(case)
    signal.alarm(int(seconds))
    READERS[name].try_to_read(text)
    signal.alarm(0)
"""


def garbage(name: str, *, surrogates: bool = False) -> st.SearchStrategy[str]:
    """Pieces of a format, some many times over, and any characters; those of halves of pairs where bytes can make them."""
    piece = st.sampled_from(READERS[name].pieces)
    some = st.text(st.characters(exclude_categories=[] if surrogates else ["Cs"]), max_size=5)
    many = st.builds(lambda one, number: one * number, piece, st.integers(2, 200))
    return st.lists(st.one_of(piece, piece, some, many), max_size=25).map("".join)


def try_worst(name: str, *cases: str) -> None:
    """Has a process of its own read the cases, which are Python for a text, each in time and all within the memory."""
    command = [sys.executable, "-c", _CHILD, name, str(SLOWEST_S), str(MOST_MB), *cases]
    ran = subprocess.run(command, capture_output=True, encoding="utf-8", errors="replace", check=False)
    begun = ran.stdout.splitlines()
    assert ran.returncode == 0, f"{begun[-1:]} ended with {ran.returncode}: {ran.stderr[-2000:]}"
    assert begun == list(cases)
