"""When somebody “took office” or “became ambassador”, where a text does not tell: the year in which their only term began."""

from collections.abc import Iterable

from graph.records import Entity
from loaders.clauses import noun_phrase
from loaders.parsed import Token
from ontology.reference import load_reference

_TAKING = frozenset({"assume", "enter", "take"})
_OFFICES = frozenset({"office", "power", "premiership", "presidency"})


def year_of_taking_office(verb: Token, agents: Iterable[Entity]) -> str | None:
    """The year that the reference data gives for “X took office”, “X became president”.

    None for other words, for people it does not know or who held that office twice.
    """
    reference = load_reference()
    terms = [t for agent in agents for t in reference.offices_of(agent.id) if t.start]
    if verb.base == "become":
        titles = {noun_phrase(c).text.lower() for c in verb.rights if c.dep_ in ("attr", "dobj")}
        terms = [t for t in terms if any(f" {t.office.lower().partition(' to ')[0]} " in f" {title} " for title in titles)]
    elif verb.base in _TAKING and any(c.dep_ == "dobj" and c.base in _OFFICES for c in verb.rights):
        if any(c.lower_ == "as" for c in verb.rights):  # “as ambassador”: not the highest
            return None
        highest = max((reference.tenure_rank(t) for t in terms), default=0)
        terms = [t for t in terms if reference.tenure_rank(t) == highest]
    else:
        return None
    begun = {(t.start or "")[:4] for t in terms}
    return begun.pop() if len(begun) == 1 else None
