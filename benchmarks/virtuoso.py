"""How Virtuoso 7 is set up for tests and benchmarks: a fresh database in a folder, on 127.0.0.1."""

from pathlib import Path

_INI = """\
[Database]
DatabaseFile = {folder}/virtuoso.db
ErrorLogFile = {folder}/virtuoso.log
LockFile = {folder}/virtuoso.lck
TransactionFile = {folder}/virtuoso.trx
xa_persistent_file = {folder}/virtuoso.pxa
MaxCheckpointRemap = {remapped}
[TempDatabase]
DatabaseFile = {folder}/virtuoso-temp.db
TransactionFile = {folder}/virtuoso-temp.trx
[Parameters]
ServerPort = 127.0.0.1:{sql_port}
NumberOfBuffers = {buffers}
MaxDirtyBuffers = {dirty}
CaseMode = 2
DirsAllowed = {folder}
[HTTPServer]
ServerPort = 127.0.0.1:{port}
ServerRoot = {folder}
ServerThreads = 4
[SPARQL]
ResultSetMaxRows = 100000
MaxQueryExecutionTime = {longest_s}
"""


def write_settings(folder: Path, port: int, sql_port: int, *, buffers: int = 10_000, longest_s: int = 60) -> Path:
    """Writes its settings into the folder and gives their file. ``buffers`` are pages of 8 KB, ``longest_s`` is for a query."""
    ini = folder / "virtuoso.ini"
    sizes = {"buffers": buffers, "dirty": buffers * 3 // 4, "remapped": buffers * 3 // 8, "longest_s": longest_s}
    ini.write_text(_INI.format(folder=folder, port=port, sql_port=sql_port, **sizes), encoding="utf-8")
    return ini
