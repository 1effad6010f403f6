"""Files that are there whole or not at all."""

import os
from pathlib import Path

from ontology.errors import IrkgError


def write_text(path: Path, text: str) -> None:
    """Writes a UTF-8 file by way of a temporary one beside it; its folder is made if need be.

    Raises:
        IrkgError: the file can't be written.
    """
    unfinished = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        unfinished.write_text(text, encoding="utf-8", newline="\n")
        unfinished.replace(path)
    except OSError as error:
        raise IrkgError(f"{path}: can't be written: {error.strerror}") from error
    finally:
        unfinished.unlink(missing_ok=True)
