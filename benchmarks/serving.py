"""``make bench``, or ``python -m benchmarks.serving [SECONDS]``: ``irkg serve`` under eight clients at once.

Each client asks one thing after another (queries of each form, named queries, pages, things in RDF, some mistakes) and
checks the status. Printed are the requests in a second, the errors, and the memory of the server with its engines
before, half-way and after.
"""

import http.client
import itertools
import re
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, urlsplit

from irkg.building import build_graph
from irkg.messages import silent
from loaders.texts.sources import Said

ROOT = Path(__file__).parent.parent
CLIENTS = 8
SECONDS = 60

_COUNT = quote("SELECT ?kind (COUNT(*) AS ?n) { ?event a :Event ; :kind ?kind } GROUP BY ?kind")
_ROWS = quote("SELECT * { ?event a :Event ; :date ?date ; :participant ?who }")
_GRAPH = quote("CONSTRUCT WHERE { ?person a :Person ; rdfs:label ?label }")

# What is asked, in which form, and the status that is right.
WORK: tuple[tuple[str, str, int], ...] = (
    (f"/sparql?query={_COUNT}", "application/sparql-results+json", 200),
    (f"/sparql?query={_ROWS}", "text/csv", 200),
    (f"/sparql?query={_ROWS}", "application/sparql-results+xml", 200),
    (f"/sparql?query={_GRAPH}", "text/turtle", 200),
    (f"/sparql?query={quote('SELECT * {')}", "*/*", 400),
    ("/sparql?update=DROP+ALL", "*/*", 403),
    ("/query/timeline?from=1967&to=1968", "application/json", 200),
    ("/", "text/html", 200),
    ("/ontology", "text/turtle", 200),
    ("/entity/nobody", "text/html", 404),
)


@dataclass(frozen=True, slots=True)
class Load:
    """What came of it: requests that were answered as they should, and a line for each of the others."""

    requests: int
    wrong: tuple[str, ...]


def load(url: str, seconds: float, work: tuple[tuple[str, str, int], ...] = WORK, clients: int = CLIENTS) -> Load:
    """Some clients, each over one connection, for some seconds."""
    with ThreadPoolExecutor(clients) as pool:
        found = list(pool.map(lambda number: _client(url, seconds, work, number), range(clients)))
    return Load(sum(part.requests for part in found), tuple(line for part in found for line in part.wrong))


def memory_mb(pid: int) -> float:
    """What a process and those that it started hold in memory together, shared pages counted in each."""
    found = subprocess.run(["ps", "-e", "-o", "pid=,ppid=,rss="], capture_output=True, text=True, check=True).stdout
    rows = [tuple(map(int, line.split())) for line in found.splitlines()]
    return sum(rss for own, parent, rss in rows if pid in (own, parent)) / 1024


def main() -> int:
    """Prints the figures; 1 where an answer was wrong."""
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else SECONDS
    with tempfile.TemporaryDirectory() as folder:
        build_graph([str(ROOT / "corpus")], Path(folder), Said(), keep_going=False, jobs=1, say=silent)
        command = [sys.executable, "-m", "irkg", "serve", "--store", folder, "--port", "0"]
        with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
            assert process.stderr
            address = re.search(r"served at (http://\S+/),", process.stderr.readline())
            assert address
            try:
                return _measured(address[1], process.pid, seconds)
            finally:
                process.terminate()


def _measured(url: str, pid: int, seconds: float) -> int:
    load(url, 5)  # until every engine has answered everything once
    before = memory_mb(pid)
    halves = [load(url, seconds / 2)]
    middle = memory_mb(pid)
    halves.append(load(url, seconds / 2))
    wrong = [line for half in halves for line in half.wrong]
    count = sum(half.requests for half in halves)
    print(f"irkg serve, {CLIENTS} clients for {seconds:g} s: {count} requests, {count / seconds:.0f} in a second, {len(wrong)} wrong")
    print(f"memory of the server and its engines: {before:.0f} MB before, {middle:.0f} MB half-way, {memory_mb(pid):.0f} MB after")
    print("\n".join(wrong[:10]))
    return 1 if wrong else 0


def _client(url: str, seconds: float, work: tuple[tuple[str, str, int], ...], number: int) -> Load:
    address = urlsplit(url)
    connection = http.client.HTTPConnection(str(address.hostname), address.port, timeout=60)
    end = time.monotonic() + seconds
    count, wrong = 0, []
    for path, accept, status in itertools.islice(itertools.cycle(work), number, None):
        if time.monotonic() > end:
            break
        try:
            connection.request("GET", path, headers={"Accept": accept})
            answer = connection.getresponse()
            content = answer.read()
        except OSError as error:
            wrong.append(f"{path}: {error}")
            continue
        if answer.status != status:
            wrong.append(f"{path}: {answer.status} {content[:200].decode('utf-8', 'replace')}")
        count += 1
    connection.close()
    return Load(count, tuple(wrong))


if __name__ == "__main__":
    sys.exit(main())
