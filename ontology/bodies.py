"""The offices, ministries and forces that every state has, by rule: "Israeli Foreign Ministry".

The phrases are in ``tables/bodies.toml``. A state whose body has a name of its own (the State Department,
the Knesset) is given there with the label of that organisation.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from ontology.names import bare, words

BODIES_FILE = Path(__file__).parent / "tables" / "bodies.toml"


@dataclass(frozen=True, slots=True)
class Body:
    """A kind of body that states have.

    ``label`` is a template over ``{adjective}``, ``{state}`` and ``{the_state}``, empty where only the states in
    ``labels`` have such a body. ``voice``: it speaks for its state. ``is_state``: it is the state, as "the government".
    """

    key: str
    kind: str
    label: str
    voice: bool
    is_state: bool
    phrases: tuple[str, ...]
    labels: Mapping[str, str]

    def label_of(self, state: str, adjective: str | None, article: str) -> str | None:
        """The label of this body of a state; None where the state has none by rule."""
        if state in self.labels:
            return self.labels[state]
        if not self.label:
            return None
        template = self.label
        if "{adjective}" in template and not adjective:
            template = template.replace("{adjective} ", "") + " of {the_state}"
        return template.format(adjective=adjective, state=state, the_state=f"{article} {state}".strip())


def read_bodies(path: Path = BODIES_FILE) -> tuple[Body, ...]:
    """The kinds of body in ``bodies.toml``, in the order of the file."""
    with path.open("rb") as stream:
        rows = tomllib.load(stream)["body"]
    return tuple(
        Body(
            key=row["key"],
            kind=row["kind"],
            label=row.get("label", ""),
            voice=row.get("voice", False),
            is_state=row.get("is_state", False),
            phrases=tuple(row["phrases"]),
            labels=row.get("labels", {}),
        )
        for row in rows
    )


def phrase_index(bodies: tuple[Body, ...]) -> dict[tuple[str, ...], Body]:
    """The bodies by the words of their phrases; the first in the file wins."""
    index: dict[tuple[str, ...], Body] = {}
    for body in bodies:
        for phrase in body.phrases:
            index.setdefault(words(bare(phrase)), body)
    return index
