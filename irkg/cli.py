"""The command line. Each command imports what it needs when it runs, so that ``--help`` loads no language model."""

import io
import sys
from pathlib import Path
from typing import Annotated, NoReturn, cast

import typer

from ontology.errors import IrkgError, UsageError

app = typer.Typer(
    add_completion=False, no_args_is_help=True, rich_markup_mode=None, pretty_exceptions_enable=False,
    help="A knowledge graph of Israel–Russia relations in which every statement points at the words that carry it.",
)  # fmt: skip

StoreOption = Annotated[str, typer.Option("--store", envvar="IRKG_STORE", help="the graph's folder", metavar="DIR")]
SourcesArgument = Annotated[
    list[str] | None,
    typer.Argument(help="files, folders with a sources.toml, addresses, or wikipedia:TITLE; default: corpus/", metavar="[SOURCE]…"),
]
KindOption = Annotated[str | None, typer.Option("--kind", help="what kind of source a lone file is: encyclopedia, news or timeline")]
PublishedOption = Annotated[str | None, typer.Option("--published", help="when it was published, an EDTF date", metavar="EDTF")]
SourceIdOption = Annotated[str | None, typer.Option("--source-id", help="the id of a lone file", metavar="ID")]
PrivateOption = Annotated[bool, typer.Option("--private-addresses", help="fetch from addresses that are not public too")]
ParametersOption = Annotated[list[str] | None, typer.Option("-p", "--param", help="a parameter of the query", metavar="KEY=VALUE")]
OutputOption = Annotated[Path, typer.Option("-o", "--output", help="the file to write")]
DEFAULT_STORE = ".irkg"

# A call that does not fit the options: click's UsageError. Typer keeps click in another place from version to version.
_WrongCall = cast("type[typer.BadParameter]", typer.BadParameter.__mro__[1])


@app.command()
def build(
    sources: SourcesArgument = None,
    store: StoreOption = DEFAULT_STORE,
    kind: KindOption = None,
    published: PublishedOption = None,
    source_id: SourceIdOption = None,
    party: Annotated[
        list[str] | None, typer.Option("--party", help="a state whose deals are read from a register too; may be repeated", metavar="STATE")
    ] = None,
    keep_going: Annotated[bool, typer.Option("--keep-going", help="leave out a source that can't be read, and go on")] = False,
    jobs: Annotated[int, typer.Option("--jobs", min=1, help="how many processes read documents")] = 1,
    scheduler: Annotated[
        str | None, typer.Option("--scheduler", help="have the workers of this dask scheduler read documents", metavar="ADDRESS")
    ] = None,
    offline: Annotated[bool, typer.Option("--offline", help="ask no network: read pages as they were fetched last")] = False,
    private_addresses: PrivateOption = False,
    output: Annotated[Path | None, typer.Option("-o", "--output", help="also write the graph to this file")] = None,
) -> None:
    """Read sources into a graph; the sources are added to the store, or replaced there."""
    from irkg.building import build_graph
    from irkg.messages import say
    from loaders.texts.kept import FETCHED, Fetching, fetching_as
    from loaders.texts.sources import Said

    if scheduler is not None and jobs > 1:
        raise UsageError("--jobs is for processes on this machine; with --scheduler leave it out")
    with fetching_as(Fetching(_local(store) / FETCHED, offline, private_addresses)):
        summary = build_graph(
            sources or ["corpus"], _local(store), Said(kind, published, source_id),
            keep_going=keep_going, jobs=jobs, say=say, parties=party or (), scheduler=scheduler,
        )  # fmt: skip
    if output is not None:
        _export(store, output, None)
    say(summary.line())


@app.command()
def extract(
    sources: Annotated[list[str], typer.Argument(help="files, or folders with a sources.toml", metavar="SOURCE…")],
    kind: KindOption = None,
    published: PublishedOption = None,
    source_id: SourceIdOption = None,
    format_: Annotated[str, typer.Option("--format", help="jsonl")] = "jsonl",
    private_addresses: PrivateOption = False,
) -> None:
    """Print the records of sources as JSON lines; no store is needed."""
    from irkg.building import extract_lines
    from irkg.messages import say
    from loaders.texts.kept import Fetching, fetching_as
    from loaders.texts.sources import Said

    if format_ != "jsonl":
        raise UsageError(f"there is no format “{format_}” for records; there is jsonl")
    with fetching_as(Fetching(private=private_addresses)):
        for line in extract_lines(sources, Said(kind, published, source_id), say=say):
            print(line)


@app.command()
def query(
    name: Annotated[str | None, typer.Argument(help="a named query, or - to read SPARQL from stdin")] = None,
    file: Annotated[Path | None, typer.Option("-f", "--file", help="a file with SPARQL")] = None,
    parameters: ParametersOption = None,
    format_: Annotated[str, typer.Option("--format", help="table, csv, tsv, json, markdown or turtle")] = "table",
    store: StoreOption = DEFAULT_STORE,
) -> None:
    """Run a named or a given SPARQL query."""
    from irkg.asking import ask

    sys.stdout.write(ask(store, name, file, _pairs(parameters), format_))


@app.command()
def queries(name: Annotated[str | None, typer.Argument(help="show this one whole")] = None) -> None:
    """List the named queries, or show one: what it asks, parameters, columns, text."""
    from irkg.asking import catalogue_text

    sys.stdout.write(catalogue_text(name))


@app.command()
def show(
    entity: Annotated[str, typer.Argument(help="a name or an IRI")],
    store: StoreOption = DEFAULT_STORE,
) -> None:
    """Show an entity: names, offices, events in order, stances, each with the words."""
    from irkg.showing import entity_text

    sys.stdout.write(entity_text(_local(store), entity))


@app.command()
def path(
    a: Annotated[str, typer.Argument(help="a name or an IRI")],
    b: Annotated[str, typer.Argument(help="a name or an IRI")],
    store: StoreOption = DEFAULT_STORE,
) -> None:
    """Show how two entities are connected, with the words for each step."""
    from irkg.showing import path_text

    sys.stdout.write(path_text(_local(store), a, b))


@app.command()
def network(
    what: Annotated[str, typer.Argument(help="neighbours, centrality, communities or matrix")],
    entity: Annotated[str | None, typer.Option("--entity", help="of this entity; whom it concerns")] = None,
    from_: Annotated[str | None, typer.Option("--from", help="only what was not over before this date", metavar="EDTF")] = None,
    to: Annotated[str | None, typer.Option("--to", help="only what had not begun after this date", metavar="EDTF")] = None,
    by: Annotated[str | None, typer.Option("--by", help="a row for each year or decade, or all for one")] = None,
    format_: Annotated[str, typer.Option("--format", help="table, csv, tsv, json or markdown")] = "table",
    output: Annotated[Path | None, typer.Option("-o", "--output", help="write the network instead, .graphml or .gexf")] = None,
    store: StoreOption = DEFAULT_STORE,
) -> None:
    """Show who deals with whom, who is central when, who belongs together, or who supports and opposes whom."""
    from irkg.messages import say
    from irkg.networking import Asked, network_text, write_network

    asked = Asked(what, entity, from_, to, by)
    if output is not None:
        say(write_network(_local(store), asked, output))
        return
    text, note = network_text(_local(store), asked, format_)
    sys.stdout.write(text)
    if note:
        say(note)


@app.command()
def view(
    output: OutputOption,
    name: Annotated[str | None, typer.Argument(help="overview, neighbourhood, path, a named query, or - to read SPARQL from stdin")] = None,
    file: Annotated[Path | None, typer.Option("-f", "--file", help="a file with SPARQL of your own")] = None,
    entity: Annotated[str | None, typer.Option("--entity", help="only what this entity takes part in")] = None,
    parameters: ParametersOption = None,
    face: Annotated[str, typer.Option("--face", help="what it opens with: network or timeline; the page has both")] = "network",
    store: StoreOption = DEFAULT_STORE,
) -> None:
    """Write an interactive HTML view of a query's result, of an entity or of a path: one file, no network."""
    from irkg.asking import given
    from irkg.messages import say
    from irkg.viewing import AskedView, write_view

    sparql = given(name, file)
    asked = AskedView(None if name == "-" else name, entity, _pairs(parameters), sparql, face)
    say(write_view(_local(store), asked, output))


@app.command()
def serve(
    host: Annotated[str, typer.Option("--host", help="the address to listen at; 0.0.0.0 lets other machines ask")] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", help="0 takes any that is free")] = 7878,
    timeout_s: Annotated[float, typer.Option("--timeout-s", help="seconds that an answer may take")] = 30,
    max_mb: Annotated[float, typer.Option("--max-mb", help="megabytes that an answer may have")] = 16,
    store: StoreOption = DEFAULT_STORE,
) -> None:
    """Serve the graph over HTTP, to be read only: SPARQL, the named queries, the views, a page for each thing."""
    from irkg.messages import say
    from irkg.serving.engines import Limits
    from irkg.serving.front import serve as serve_store

    serve_store(_local(store), host, port, Limits(timeout_s, round(max_mb * 1e6)), say)


@app.command()
def export(
    output: Annotated[Path | None, typer.Option("-o", "--output", help="the file to write")] = None,
    to: Annotated[str | None, typer.Option("--to", help="put it on a server that takes graphs at this address", metavar="ADDRESS")] = None,
    format_: Annotated[
        str | None,
        typer.Option("--format", help="turtle, trig, nquads, ntriples, jsonld, rdfxml, graphml, gexf, csv, or void for a description"),
    ] = None,
    store: StoreOption = DEFAULT_STORE,
) -> None:
    """Write the graph for other tools; the format follows the file's ending. With --to, load it into a SPARQL server."""
    if (output is None) == (to is None):
        raise UsageError("name the file to write with -o, or the server with --to")
    if output is not None:
        _export(store, output, format_)
    elif to is not None:
        _upload(store, to)


@app.command()
def validate(
    file: Annotated[Path | None, typer.Argument(help="an RDF file; default: the store")] = None,
    store: StoreOption = DEFAULT_STORE,
) -> None:
    """Check the store or a file against the SHACL shapes."""
    from irkg.checking import validate_text
    from ontology.errors import ConformanceError

    text, conforms = validate_text(_local(store), file)
    sys.stdout.write(text)
    if not conforms:
        raise ConformanceError(f"{file or store}: does not conform; the table above says what and where")


@app.command()
def verify(
    sources: Annotated[
        list[str] | None, typer.Argument(help="where the sources lie now; default: where they were read from", metavar="[SOURCE]…")
    ] = None,
    store: StoreOption = DEFAULT_STORE,
) -> None:
    """Re-read the sources: is every quoted span still there, word for word?"""
    from irkg.checking import verify_text

    text, intact = verify_text(_local(store), sources or [])
    sys.stdout.write(text)
    if not intact:
        raise IrkgError("some evidence is no longer in its source; the lines above say which")


@app.command()
def resolve(
    text: Annotated[str, typer.Argument(help="a name or an office, such as “the Israeli Foreign Minister”")],
    on: Annotated[str | None, typer.Option("--on", help="at this date (EDTF)", metavar="DATE")] = None,
) -> None:
    """Say which entity a name or an office means at a date, and where that is known from."""
    from irkg.resolving import resolve_text

    sys.stdout.write(resolve_text(text, on))


@app.command()
def sources(store: StoreOption = DEFAULT_STORE) -> None:
    """List what is in the graph: sources, dates, records of each type."""
    from irkg.asking import ask

    sys.stdout.write(ask(store, "sources", None, {}, "table"))


@app.command(hidden=True)
def demo(out: Annotated[Path, typer.Option("--out", help="the folder to write")] = Path("out")) -> None:
    """Build the embedded corpus and write the graph, its views and a summary."""
    from irkg.demo import run_demo
    from irkg.messages import say

    sys.stdout.write(run_demo(Path("corpus"), out, say))


def main() -> None:
    """Runs the command line: a user's mistake is one line on stderr and an exit code, never a traceback."""
    _write_utf8()
    try:
        sys.exit(app(sys.argv[1:] or ["--help"], prog_name="irkg", standalone_mode=False))
    except IrkgError as error:
        _refuse(str(error), error.exit_code)
    except _WrongCall as error:
        command = error.ctx.command_path if error.ctx else "irkg"
        _refuse(f"{error.format_message().rstrip('.')}; see {command} --help", UsageError.exit_code)


def _refuse(message: str, exit_code: int) -> NoReturn:
    print(f"irkg: {' '.join(line.strip() for line in message.splitlines())}", file=sys.stderr)
    sys.exit(exit_code)


def _write_utf8() -> None:
    """The same bytes on every machine; a terminal that lacks a letter shows another."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding=None if stream.isatty() else "utf-8", errors="replace")


def _export(store: str, output: Path, format_: str | None) -> None:
    from graph.exports import export_file
    from graph.store import open_store

    export_file(open_store(_local(store)), output, format_)


def _upload(store: str, address: str) -> None:
    from graph.store import open_store
    from graph.uploading import upload
    from irkg.messages import say

    sent = upload(open_store(_local(store)), address, say)
    say(f"{sent.triples} triples in {sent.graphs} graphs are on the server")


def _local(store: str) -> Path:
    """The folder of the graph.

    Raises:
        UsageError: the store is a server, which only ``query`` and ``sources`` can ask.
    """
    if store.startswith(("http://", "https://")):
        raise UsageError(f"{store}: a server can be asked with irkg query; for this command name a folder")
    return Path(store)


def _pairs(parameters: list[str] | None) -> dict[str, str]:
    pairs: dict[str, str] = {}
    for parameter in parameters or []:
        key, equals, value = parameter.partition("=")
        if not equals or not key.strip():
            raise UsageError(f"-p {parameter}: write -p key=value")
        pairs[key.strip()] = value
    return pairs
