"""Roll calls of the UN General Assembly (E. Voeten's data): a row is a vote, and a stance of each who voted."""

from collections.abc import Iterator
from typing import Any

from graph.records import Entity, Event, Phrase, Stance
from loaders.tables.found import Found, Setting, day_of, entity_of, state_named, where
from loaders.tables.rows import Layout, Row, RowError
from ontology.kinds import family_of, plover_of, plover_of_stance

LAYOUT = Layout(
    columns=("rcid", "date", "unres", "short", "descr", "issue", "vote_RUS", "vote_ISR", "vote_USA"), unused=("session", "importantvote")
)
RULE = "un-roll-call"

# The columns of the votes and whose they are. The data code the Soviet Union as RUS, so the date tells which is meant.
_VOTERS = (("vote_ISR", "Israel"), ("vote_RUS", "Russia"), ("vote_USA", "United States"))
# What a vote says of the resolution: the act and the polarity.
_SIDES = {"yes": ("endorse", "support"), "no": ("reject", "oppose"), "abstain": ("decline", "neutral")}
_NO_VOTE = ("", "NA")


def read(row: Row, setting: Setting) -> Found:
    """The vote and the stances of a row.

    Raises:
        RowError: it has no day, or a vote that is none.
    """
    date, problems = day_of(row, "date")
    votes = list(_votes(row, date, setting))
    at: dict[str, Any] = where(row, row.used("rcid", "date", "unres", _title_column(row), "issue", *_columns()), setting.source, RULE)
    event = Event(
        **at, kind="Vote", family=family_of("Vote"), plover=plover_of("Vote"), date=date,
        participants=tuple(voter for voter, _ in votes),
        resolution=row.cells["unres"] or None,
        item=row.cells[_title_column(row)] or None,
        issues=tuple(dict.fromkeys(issue.strip() for issue in row.cells["issue"].split("|") if issue.strip() not in _NO_VOTE)),
    )  # fmt: skip
    return Found((event, *(_stance(at, voter, vote, event) for voter, vote in votes)), problems)


def _columns() -> Iterator[str]:
    yield from (column for column, _ in _VOTERS)


def _title_column(row: Row) -> str:
    return "short" if row.cells["short"] else "descr"


def _votes(row: Row, date: str, setting: Setting) -> Iterator[tuple[Entity, str]]:
    for column, name in _VOTERS:
        vote = row.cells[column]
        if vote in _NO_VOTE:
            continue
        if vote not in _SIDES:
            raise RowError(f"“{vote}” in the column “{column}” is no vote; there are {', '.join(_SIDES)}")
        state = state_named(name, setting.reference)
        if state is None:
            raise RowError(f"the reference data lack {name}")
        yield entity_of(setting.reference.state_at(state, date), setting.reference), vote


def _stance(at: dict[str, Any], voter: Entity, vote: str, event: Event) -> Stance:
    act, polarity = _SIDES[vote]
    return Stance(
        **at, holder=voter, target=Phrase(_matter(event, at)), polarity=polarity, act=act, date=event.date,
        plover=plover_of_stance(act, polarity),
    )  # fmt: skip


def _matter(event: Event, at: dict[str, Any]) -> str:
    """The resolution by its symbol and title, as far as the row has them; else the number of the roll call."""
    named = [words for words in (event.resolution, event.item) if words]
    return ": ".join(named) or f"roll call {dict(at['cells'])['rcid'].removesuffix('.0')}"
