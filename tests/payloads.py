"""What a page was given, as a test reads it."""

import json
import re
from typing import Any


def payload_of(page: str) -> dict[str, Any]:
    """The data of a page, with its nodes, edges and records as rows."""
    (text,) = re.findall(r'<script type="application/json" id="payload">(.*?)</script>', page, re.DOTALL)
    return payload_in(text)


def payload_in(text: str) -> dict[str, Any]:
    """The same, of the JSON alone."""
    payload: dict[str, Any] = json.loads(text)
    return payload | {name: rows_of(payload[name]) for name in ("nodes", "edges", "records")}


def rows_of(columns: dict[str, dict[str, Any]]) -> list[dict[str, Any]]:
    """As ``rowsOf`` of ``view-model.js``."""
    count = max((len(column.get("each", column.get("which", [0]))) for column in columns.values()), default=0)
    return [{key: _value(column, at) for key, column in columns.items()} for at in range(count)]


def _value(column: dict[str, Any], at: int) -> Any:
    if "which" in column:
        return column["values"][column["which"][at]]
    if "each" not in column:
        return column["all"]
    return column["stem"] + column["each"][at] if "stem" in column else column["each"][at]
