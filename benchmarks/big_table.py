"""A data set of 300 MB, made by repetition, read into records in a process of its own: how long, and in how much memory.

The rows are made up and differ in their number alone; to the letter the same, they would be left out as repetitions.
"""

import resource
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from time import perf_counter

from loaders.tables import read_table
from loaders.texts.sources import Source
from ontology.reference import load_reference

SIZE = 300_000_000  # bytes
MOST_MEMORY = 600  # megabytes

_HEADER = "rcid,session,date,unres,importantvote,short,descr,issue,vote_RUS,vote_ISR,vote_USA\n"
_ROWS = (
    '{n}.0,70.0,2015-03-04,A/RES/70/7,0,"BOATS, PAPER : resolution / adopted by the General Assembly",'
    '"A/70/251 7a - To float paper boats. - BOATS, PAPER--REPORTS;A/70/251 7a[3] - BOATS, PAPER--RULES OF THE ROAD",'
    "Human rights|Colonialism,no,yes,abstain\n",
    '{n}.0,46.0,1991-11-05,R/46/8,1,"KITES, FLYING OF","To adopt the 1st committee draft resolution on the flying of kites, '
    'and on the strings by which they are held",,yes,yes,no\n',
)


def main() -> int:
    """Prints a line; fails where more memory was taken than there may be."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "votes.csv"
        with place.open("w", encoding="utf-8") as file:
            file.writelines(vote_lines())
        start = perf_counter()
        records = sum(1 for _ in read_table(Source("votes", str(place), "Votes", "un-votes"), (), load_reference(), print))
        seconds = perf_counter() - start
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000  # Linux counts in kilobytes
    print(f"a data set of {SIZE // 1_000_000} MB: {records:,} records in {seconds:.0f} s, at most {memory:.0f} MB of memory")
    return 0 if memory <= MOST_MEMORY else 1


def vote_lines(most_bytes: int = SIZE) -> Iterator[str]:
    """An invented table of roll calls of that size, line by line."""
    yield _HEADER
    size = number = 0
    while size < most_bytes:
        line = _ROWS[number % len(_ROWS)].format(n=number)
        size += len(line)
        number += 1
        yield line


if __name__ == "__main__":
    sys.exit(main())
