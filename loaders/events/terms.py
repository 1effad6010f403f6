"""When somebody “took office”, where a text does not tell: the year in which their only term in their highest office began."""

from collections.abc import Iterable

from spacy.tokens import Token

from graph.records import Entity
from ontology.reference import load_reference

_TAKING = frozenset({"assume", "enter", "take"})
_OFFICES = frozenset({"office", "power", "premiership", "presidency"})


def year_of_taking_office(verb: Token, agents: Iterable[Entity]) -> str | None:
    """The year that the reference data gives for “X took office”; None for other words, for people it does not know or knows twice."""
    if verb.lemma_.lower() not in _TAKING or not any(c.dep_ == "dobj" and c.lemma_.lower() in _OFFICES for c in verb.rights):
        return None
    if any(c.lower_ == "as" for c in verb.rights):  # “as ambassador”: not the highest
        return None
    reference = load_reference()
    terms = [t for agent in agents for t in reference.offices_of(agent.id) if t.start]
    highest = max((reference.tenure_rank(t) for t in terms), default=0)
    begun = {(t.start or "")[:4] for t in terms if reference.tenure_rank(t) == highest}
    return begun.pop() if len(begun) == 1 else None
