"""The general names of offices: "Minister for Foreign Affairs", "FM", "foreign secretary" → "Foreign Minister".

The names and their variants are in ``tables/offices.toml``.
"""

import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from ontology.names import bare, capitals, is_abbreviation, words
from ontology.tenures import FIRST_DAY, LAST_DAY

OFFICES_FILE = Path(__file__).parent / "tables" / "offices.toml"

_AMBASSADOR = re.compile(r"(?:ambassador|envoy|permanent representative)\s+(?:to|in)\s+(?P<post>.+)", re.IGNORECASE)
_MINISTER = re.compile(r"minister\s+(?:of|for)\s+(?:the\s+)?(?P<of>.+)|(?P<before>.+?)\s+minister", re.IGNORECASE)
_MINISTER_RANK = 3
_OTHER_RANK = 2


@dataclass(frozen=True, slots=True)
class Leaders:
    """The offices that make a leader in some states from the ``first`` to the ``last`` day; no states: in all others."""

    offices: tuple[str, ...]
    states: frozenset[str]
    first: str
    last: str


@dataclass(frozen=True, slots=True)
class Offices:
    """The offices of ``offices.toml``. ``aliases``: Secretary of State → Foreign Minister."""

    variants: Mapping[tuple[str, ...], str]
    abbreviations: Mapping[str, str]
    ranks: Mapping[str, int]
    aliases: Mapping[str, str]
    portfolios: Mapping[tuple[str, ...], str]
    articles: frozenset[str]
    leaders: tuple[Leaders, ...] = ()

    def leading(self, state: str, day: str) -> tuple[str, ...]:
        """The offices by which one is the leader of a state, the first that somebody holds: "the Soviet leader"."""
        fitting = (row for row in self.leaders if state in row.states and row.first <= day <= row.last)
        return next(fitting, next(row for row in self.leaders if not row.states)).offices

    def named(self, text: str) -> str | None:
        """The general name of an office that is in the table, or of a minister of a portfolio that is."""
        stripped = bare(text)
        found = self.abbreviations.get(capitals(stripped)) or self.variants.get(_spelling(stripped)) or self._minister(stripped)
        return found or self._deputy_minister(stripped)

    def ambassador(self, text: str, post_named: Callable[[str], str | None]) -> str | None:
        """The office that "ambassador to Moscow" names, "Ambassador to Russia"; ``post_named`` gives the label for "Moscow"."""
        match = _AMBASSADOR.fullmatch(bare(text))
        label = post_named(match["post"]) if match else None
        return self.ambassador_to(label) if label else None

    def ambassador_to(self, label: str) -> str:
        """The name of the office: "Ambassador to the United States"."""
        return " ".join(("Ambassador to", self.article(label), label)).replace("  ", " ")

    def article(self, label: str) -> str:
        """What goes before a label in a sentence: "the" for "United States", nothing for "Israel"."""
        return "the" if label in self.articles else ""

    def general(self, office: str) -> str:
        """The office that an alias goes by, or the office itself."""
        return self.aliases.get(office, office)

    def rank(self, office: str) -> int:
        """How well known its holder is, 1 to 9."""
        if office in self.ranks:
            return self.ranks[office]
        return _MINISTER_RANK if "Minister" in office or office.startswith("Ambassador") else _OTHER_RANK

    def _minister(self, text: str) -> str | None:
        match = _MINISTER.fullmatch(text)
        named = _spelling(match["of"] or match["before"]) if match else ()
        for length in range(len(named), 0, -1):
            if portfolio := self.portfolios.get(named[:length]):
                return f"{portfolio} Minister"
        return None

    def _deputy_minister(self, text: str) -> str | None:
        deputy, _, rest = text.partition(" ")
        minister = self.named(rest) if deputy.lower() == "deputy" else None
        return f"Deputy {minister}" if minister and minister.endswith(" Minister") else None


def read_offices(path: Path = OFFICES_FILE) -> Offices:
    """The offices in ``offices.toml``."""
    with path.open("rb") as stream:
        table = tomllib.load(stream)
    names = [(office["name"], variant) for office in table["office"] for variant in (office["name"], *office["variants"])]
    return Offices(
        variants={_spelling(variant): name for name, variant in names if not is_abbreviation(variant)},
        abbreviations={variant: name for name, variant in names if is_abbreviation(variant)},
        ranks={office["name"]: office["rank"] for office in table["office"]},
        aliases={office["name"]: office["alias"] for office in table["office"] if "alias" in office},
        portfolios={_spelling(portfolio): portfolio for portfolio in table["portfolios"]},
        articles=frozenset(table["article"]),
        leaders=tuple(
            Leaders(tuple(row["offices"]), frozenset(row["states"]), row.get("from", FIRST_DAY), row.get("until", LAST_DAY))
            for row in table["leaders"]
        ),
    )


def _spelling(text: str) -> tuple[str, ...]:
    """The words in British spelling, as the table has them."""
    return tuple(_BRITISH.get(word, word) for word in words(text))


_BRITISH = {"defense": "defence", "labor": "labour", "adviser": "advisor", "sports": "sport"}
