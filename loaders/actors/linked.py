"""Whom a page's link names: an editor of the page has told apart what a reader of names can only guess."""

from collections.abc import Mapping
from functools import cache

from loaders.texts.documents import Document, Paragraph
from loaders.texts.layout import Link
from ontology.reference import Known, Reference


def linked(document: Document, paragraph: Paragraph, reference: Reference) -> dict[tuple[int, int], Known]:
    """Whom the links of a paragraph name, by their characters in it."""
    found: dict[tuple[int, int], Known] = {}
    for link in document.links:
        span, known = paragraph.text_span(link.start, link.end), known_by(link, reference)
        if span is not None and known is not None:
            found[span] = known
    return found


def known_by(link: Link, reference: Reference) -> Known | None:
    """What the reference data know of a link's page: by its Wikidata item, else by its title where that is one entity's name."""
    if link.wikidata is not None:
        return _by_item(reference).get(link.wikidata)
    named = [known for known in reference.named(link.target) if reference.how(link.target, known) == "name"]
    return named[0] if len(named) == 1 else None


@cache
def _by_item(reference: Reference) -> Mapping[str, Known]:
    return {known.wikidata: known for known in reference if known.wikidata}
