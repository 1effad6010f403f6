"""Whom a page's link names: an editor of the page has told apart what a reader of names can only guess."""

from collections.abc import Mapping
from functools import cache

from loaders.texts.layout import Link
from ontology.reference import Known, Reference


def known_by(link: Link, reference: Reference) -> Known | None:
    """What the reference data know of a link's page: by its Wikidata item, else by its title where that is one entity's name."""
    if link.wikidata is not None:
        return _by_item(reference).get(link.wikidata)
    named = [known for known in reference.named(link.target) if reference.how(link.target, known) == "name"]
    return named[0] if len(named) == 1 else None


@cache
def _by_item(reference: Reference) -> Mapping[str, Known]:
    return {known.wikidata: known for known in reference if known.wikidata}
