"""``irkg resolve``: which entity a name or an office means at a date, and where that is known from."""

import re
from collections.abc import Iterator

from graph.edtf import check
from ontology.errors import UsageError
from ontology.reference import Known, Reference, load_reference
from ontology.tenures import Tenure

_ARTICLE = re.compile(r"^(?:(?:the|a|an)\s+)?(?:then[\s-]+)?", re.IGNORECASE)
_LONGEST = 300  # characters
_HALF = re.compile(r"[\ud800-\udfff]")  # what Python makes of a byte that is no UTF-8
_FORMER = re.compile(r"\b(?:former\s+|ex-)", re.IGNORECASE)


def resolve_text(text: str, on: str | None) -> str:
    """Who is meant, a line each: at a border day both holders of an office.

    Raises:
        UsageError: the date is not EDTF, or the reference data knows nobody by that name or office.
    """
    if len(text) > _LONGEST or _HALF.search(text):
        raise UsageError(f"that is no name: it is longer than {_LONGEST} characters, or not valid Unicode text; give a name or an office")
    date = check(on) if on else None
    reference = load_reference()
    lines = (
        [_known_line(known, date) for known in _named(text, reference, date)]
        or [_tenure_line(tenure, reference) for tenure in _holders(text, reference, date)]
        or list(_read_as_text(text, reference, date))
    )
    if not lines:
        at = f" on {on}" if on else ""
        raise UsageError(f"the reference data knows nobody as “{text}”{at}; try a full name, or an office with its state and --on DATE")
    return "\n".join(lines) + "\n"


def _named(text: str, reference: Reference, date: str | None) -> list[Known]:
    known = reference.named(text) or reference.surname(text)
    if date is None:
        return list(known)
    return list(dict.fromkeys(reference.state_at(k, date) if k.type == "State" else k for k in known))


def _holders(text: str, reference: Reference, date: str | None) -> list[Tenure]:
    """The holders of an office that is named together with its state: “the Israeli Foreign Minister”; of “former” all before."""
    phrase, former = _FORMER.subn("", _ARTICLE.sub("", text.strip()))
    for state, office in _splits(phrase, reference):
        general = reference.office_named(office)
        if general is None:
            continue
        if date is None:
            raise UsageError(f"“{text}” is an office ({general} of {state.label}); say when with --on DATE")
        held = reference.holders(general, state.iri, date)
        if former:
            everyone = reference.holders(general, state.iri)
            held = tuple(t for t in reversed(everyone) if t not in held and t.start is not None and t.start <= date)
        if held:
            return list(held)
    return []


def _read_as_text(text: str, reference: Reference, date: str | None) -> Iterator[str]:
    """What documents would read it as: “the former Russian President”, “Opposition Leader X”, a misspelt name."""
    from loaders.actors.phrase import read_phrase  # the language model loads only where nothing else knows the words

    entities, offices = read_phrase(text, date, reference)
    for entity in entities:
        shown = {(o.office, o.of.id): o.former for o in offices if o.person == entity and o.of is not None}
        held = [t for t in reference.offices_of(entity.id) if (t.office, t.of) in shown]
        told = [t for t in held if date is None or t.covers(date) or shown[t.office, t.of]]
        known = reference.entity(entity.id)
        if told:
            yield from (_tenure_line(tenure, reference) for tenure in told)
        elif known is not None:
            yield _known_line(known, date)


def _splits(text: str, reference: Reference) -> list[tuple[Known, str]]:
    """The state and the office in “Israeli Foreign Minister”, “Foreign Minister of Israel”, “Israel's Foreign Minister”."""
    words = text.split()
    found: list[tuple[Known, str]] = []
    for cut in range(len(words) - 1, 0, -1):
        head, tail = " ".join(words[:cut]), " ".join(words[cut:])
        found += [(known, tail) for known in reference.named(head) if known.type != "Person"]
        office = re.sub(r"\s+(?:of|for)(?:\s+the)?$", "", head)
        if office != head:
            found += [(known, office) for known in reference.named(tail) if known.type != "Person"]
    return found


def _known_line(known: Known, date: str | None) -> str:
    wikidata = f", Wikidata {known.wikidata}" if known.wikidata else ""
    return f"{known.label} ({known.type}{wikidata}) <{known.iri}>"


def _tenure_line(tenure: Tenure, reference: Reference) -> str:
    person = reference.entity(tenure.person)
    of = reference.entity(tenure.of)
    label = person.label if person else tenure.person
    body = of.label if of else tenure.of
    time = f"from {tenure.start or '?'} to {tenure.end or 'now'}"
    return f"{label}, {tenure.office} of {body} {time} (known from: {tenure.source}) <{tenure.person}>"
