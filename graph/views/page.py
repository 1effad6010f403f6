"""The page around the data: one template, one style, the scripts, and a policy that allows nothing else."""

import base64
import hashlib
import re
from collections.abc import Sequence
from functools import cache
from html import escape
from importlib.resources import files
from typing import Any

from jinja2 import Environment
from markupsafe import Markup

from graph.views.payload import BIDI, payload
from graph.views.shown import View

_UNSAFE_IN_HTML = re.compile(f"[\ud800-\udfff{BIDI}]")

# In the order in which they run; each may use those before it.
_SCRIPTS = (
    "view-model.js",
    "view-paths.js",
    "view-panel.js",
    "view-drawing.js",
    "view-lanes.js",
    "view-timeline.js",
    "view-controls.js",
    "view-files.js",
    "view.js",
)
_STYLES = ("view.css", "view-timeline.css", "view-files.css")


def page(view: View) -> str:
    """The whole HTML document, the same for the same nodes and records in whatever order.

    All but the ``MAX_NODES`` best connected nodes are left out, and the page says so.
    """
    parts = "\n".join(_template(name) for name in _SCRIPTS)
    script = f'(() => {{\n"use strict";\n{parts}\n}})();'
    library, style = _library(), "\n".join(_template(name) for name in _STYLES)
    document: str = _page_template().render(
        title=_html(view.title),
        subtitle=_html(view.subtitle),
        policy=Markup(_policy(scripts=(library, script), style=style)),
        style=Markup(style),
        library=Markup(library),
        script=Markup(script),
        payload=Markup(payload(view)),
    )
    return document


@cache
def _page_template() -> Any:
    return Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True).from_string(_template("view.html"))


def _template(name: str) -> str:
    text = files("graph.views").joinpath("templates", name).read_text(encoding="utf-8")
    return text.replace("\r\n", "\n")


@cache
def _library() -> str:
    """The vis-network script that pyvis carries, its licence comment on top."""
    versions = sorted(files("pyvis").joinpath("lib").iterdir(), key=lambda folder: folder.name)
    newest = [folder for folder in versions if folder.name.startswith("vis-")][-1]
    text = newest.joinpath("vis-network.min.js").read_text(encoding="utf-8")
    text = re.sub(r"\r\n?", "\n", text)  # as a browser reads them: the hash in the policy is over that
    return re.sub(r"\n//# sourceMappingURL=\S*\s*$", "\n", text)


def _policy(scripts: Sequence[str], style: str) -> str:
    """A content-security policy that allows these scripts and this style, and nothing from anywhere."""
    script_hashes = " ".join(_hash(script) for script in scripts)
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src {script_hashes}",
            f"style-src {_hash(style)}",
            "img-src data:",
            "base-uri 'none'",
            "form-action 'none'",
        )
    )


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _html(text: str) -> Markup:
    return Markup(_UNSAFE_IN_HTML.sub(lambda match: f"&#{ord(match[0])};", escape(text)))
