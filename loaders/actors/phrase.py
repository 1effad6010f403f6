"""A phrase on its own, read as a document of that day would be: “the former Russian President”, “Opposition Leader X”."""

from graph.records import Entity
from loaders.actors.memory import Memory
from loaders.actors.resolving import resolve
from loaders.passages import OfficePhrase
from loaders.texts.language import load_language, parse
from ontology.reference import Reference


def read_phrase(text: str, on: str | None, reference: Reference) -> tuple[list[Entity], list[OfficePhrase]]:
    """Whom a phrase means, and the offices in it; it is put before a verb, and the sentence tells of the EDTF date ``on``.

    Of an office whose holder is not known nobody is meant, though a text lets its state speak.
    """
    [doc] = parse([f"{text.strip().rstrip('.')} spoke."], load_language())
    mentions, offices = resolve(doc, (), reference, Memory(date=on))
    end = len(doc) - 2  # where “spoke” stands
    vacant = any(o.end == end and o.person is None for o in offices)
    meant = [] if vacant else [m.entity for m in mentions if m.end == end and m.how != "title"]
    return list(dict.fromkeys(meant)), list(offices)
