"""``make faults``: what a store holds after a fault. Each fault is tried many times, at random moments of a seed.

Afterwards the store must open, hold the old graph or the new one whole, and take another build; what went wrong must be told in
one line that says what to do. Whatever falls short of that is lost, and the table ends with a failure.
"""

import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from benchmarks import faults_of_programs as programs
from benchmarks import faults_of_stores as stores
from benchmarks.faults_tried import SEED, Fault, row

TIMES = 20


def main() -> int:
    """Prints the table; 1 where anything was lost."""
    print(f"{'fault':<44} {'tried':>5}  {'survived':>8}  {'lost':>4}  what the store held")
    faults = []
    with tempfile.TemporaryDirectory() as place:
        for number, measure in enumerate(_measures()):
            folder = Path(place) / str(number)
            folder.mkdir()
            faults.append(measure(folder))
            print(faults[-1].line(), flush=True)
    lost = [one for fault in faults for one in fault.lost]
    print(row("all", sum(len(fault.tries) for fault in faults), len(lost), f"seed {SEED}"))
    for one in lost:
        print(f"lost: {one.what}: {one.lost}")
    return 1 if lost else 0


def _measures() -> list[Callable[[Path], Fault]]:
    return [
        lambda folder: programs.killed_builds(folder, TIMES),
        lambda folder: stores.killed_writing(folder, TIMES),
        lambda folder: stores.killed_commits(folder, TIMES),
        lambda folder: stores.full_disk(folder, TIMES),
        lambda folder: stores.files_too_large(folder, TIMES),
        lambda folder: stores.locked(folder, 5),
        lambda folder: stores.corrupted(folder, 3),
        lambda folder: programs.dying_server(folder, 5),
    ]


if __name__ == "__main__":
    sys.exit(main())
