"""``make demo``: the embedded corpus as a graph, with its views, its exports and a summary."""

from collections.abc import Callable
from pathlib import Path

from graph.exports import export_file, write_whole
from graph.store import open_store
from irkg.asking import ask
from irkg.building import build_graph
from irkg.viewing import AskedView, write_view
from loaders.texts.sources import Said

VIEWS: dict[str, tuple[str, dict[str, str]]] = {
    "overview.html": ("overview", {}),
    "meetings.html": ("leader-meetings", {}),
    "prisoners.html": ("prisoner-deals", {}),
    "arms.html": ("arms-agreements", {}),
    "stances.html": ("stances", {}),
}
_QUESTIONS: tuple[tuple[str, dict[str, str]], ...] = (
    ("sources", {}),
    ("leader-meetings", {"from": "2018", "to": "2019"}),
    ("prisoner-deals", {}),
    ("arms-agreements", {}),
    ("diplomatic-ties", {}),
)


def run_demo(corpus: Path, out: Path, say: Callable[[str], None]) -> str:
    """Builds ``corpus`` and writes everything to ``out``; returns what to tell the user."""
    store = out / "store"
    summary = build_graph([str(corpus)], store, Said(), keep_going=False, jobs=1, say=say)
    graph = open_store(store)
    for name in ("graph.ttl", "graph.trig"):
        export_file(graph, out / name, None)
    for file, (view, parameters) in VIEWS.items():
        say(write_view(store, AskedView(view, parameters=parameters), out / file))
    write_whole(out / "summary.md", _summary(store, summary.line()).encode("utf-8"))
    return "\n".join(
        [
            summary.line(),
            "",
            f"wrote {out}/: graph.ttl and graph.trig, summary.md, and the views {', '.join(VIEWS)}",
            "",
            "what to do next",
            f"  open {out}/meetings.html or {out}/overview.html in a browser",
            f"  read {out}/summary.md",
            f"  ask: .venv/bin/irkg query leader-meetings -p person=Netanyahu --store {store}",
            f"  ask: .venv/bin/irkg show 'Golda Meir' --store {store}",
            "",
        ]
    )


def _summary(store: Path, line: str) -> str:
    parts = ["# What the demo built", "", f"{line}.", ""]
    for name, parameters in _QUESTIONS:
        given = "".join(f" -p {key}={value}" for key, value in parameters.items())
        parts += [f"## `irkg query {name}{given}`", "", ask(store, name, None, parameters, "markdown").rstrip(), ""]
    return "\n".join(parts)
