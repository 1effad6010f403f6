"""``make licences``: writes docs/licences.md, the licence of each package that the locks name, as its own metadata tell."""

import re
import sys
from importlib import metadata
from pathlib import Path

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "licences.md"
UNKNOWN = "unknown"

_HEAD = """\
# Licences

What `requirements.lock` and `requirements-dev.lock` name, and under which licence each comes, as its own metadata tell; where these
name no more than a family (BSD), neither does this page. `make licences` writes it, and a test holds it against the locks. Why each of
those that we chose is here: [what others have written](dependencies.md).

irkg itself is under the MIT licence and ships none of these: pip fetches them.
"""

# What metadata say, as SPDX says it.
_SPDX = {
    "Apache 2.0": "Apache-2.0", "Apache License": "Apache-2.0", "Apache Software License": "Apache-2.0",
    "BSD 3-Clause License": "BSD-3-Clause", "BSD License": "BSD", "GNU General Public License (GPL)": "GPL-2.0-or-later",
    "GNU Lesser General Public License v3 (LGPLv3)": "LGPL-3.0", "ISC License": "ISC", "ISC License (ISCL)": "ISC", "ISC license": "ISC",
    "LGPL-3.0-or-newer": "LGPL-3.0-or-later", "MIT License": "MIT", "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0", "PSFL": "PSF-2.0",
    "Python Software Foundation License": "PSF-2.0", "The BSD 2-Clause License": "BSD-2-Clause", "The MIT License (MIT)": "MIT",
    "W3C License": "W3C", "W3C SOFTWARE NOTICE AND LICENSE": "W3C",
}  # fmt: skip
# Those that tell nothing, or are not installed here since they are for another system: looked up in their files.
_LOOKED_UP = {"atheris": "Apache-2.0", "colorama": "BSD-3-Clause", "pip-audit": "Apache-2.0", "ptyprocess": "ISC"}
_SPOKEN = re.compile(r"[\w .+()-]{2,60}")


def main() -> int:
    """Writes the page."""
    PAGE.write_text(page(), "utf-8")
    return 0


def page() -> str:
    """The page for the locks as they are."""
    runtime, development = (locked(ROOT / name) for name in ("requirements.lock", "requirements-dev.lock"))
    return f"{_HEAD}\n## To run\n\n{_table(runtime)}\n## To check\n\n{_table(development - runtime)}"


def locked(lock: Path) -> set[str]:
    """The packages that a lock names, on whatever system they are for."""
    return set(re.findall(r"^([a-z0-9._-]+)==", lock.read_text("utf-8"), re.MULTILINE))


def licence(package: str) -> str:
    """The licence of a package: the expression in its metadata, else its short words, else its classifiers."""
    if package in _LOOKED_UP:
        return _LOOKED_UP[package]
    try:
        told = metadata.metadata(package)
    except metadata.PackageNotFoundError:
        return UNKNOWN
    if expressions := told.get_all("License-Expression"):
        return str(expressions[0])
    classes = [name.rpartition(" :: ")[2] for name in told.get_all("Classifier") or [] if name.startswith("License ::")]
    words = "".join(told.get_all("License") or []).strip()
    spoken = [words] if _SPOKEN.fullmatch(words) and words != "UNKNOWN" else []
    names = [_SPDX.get(name, name) for name in (*spoken, *classes)]
    return next((name for name in names if name not in ("BSD", "OSI Approved")), names[0] if names else UNKNOWN)


def _table(packages: set[str]) -> str:
    rows = "".join(f"| {package} | {licence(package)} |\n" for package in sorted(packages))
    return f"| package | licence |\n| --- | --- |\n{rows}"


if __name__ == "__main__":
    sys.exit(main())
