"""How names are compared: by their words, without case, accents and punctuation.

``Türkiye's`` and ``turkiye``, ``Ya’alon`` and ``Ya'alon``, ``U.S.`` and ``U. S.`` are each the same words.
A name without a small letter (``US``, ``U.N.``, ``WHO``) is an abbreviation: a text must write it in
capitals too, so that "us" and "who" are not read as names.
"""

import re
import unicodedata

# Letters that Unicode's decomposition leaves whole; the same ones as in the identifiers.
_LETTERS = str.maketrans({"ß": "ss", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ı": "i", "æ": "ae", "œ": "oe"})
_WORD = re.compile(r"[^\W_]+")
_POSSESSIVE = re.compile(r"(?<=\w)['’ʼ]s?\s*$")
_ARTICLE = re.compile(r"^\s*the\s+(?=\S)", re.IGNORECASE)


def fold(text: str) -> str:
    """Lower case, without accents: ``Erdoğan`` → ``erdogan``."""
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text.translate(_LETTERS))
    return "".join(c for c in decomposed if not unicodedata.combining(c)).lower()


def words(text: str) -> tuple[str, ...]:
    """The words by which a name is looked up: ``Prime Minister's Office`` → ``prime minister s office``.

    Applied to each token of a text in turn it gives the same words as applied to the whole, so a
    matcher may work on the tokens of any tokeniser.
    """
    return tuple(_WORD.findall(fold(text)))


def bare(name: str) -> str:
    """The name without a leading article and a trailing possessive: ``the Kremlin's`` → ``Kremlin``."""
    return _ARTICLE.sub("", _POSSESSIVE.sub("", name)).strip()


def is_abbreviation(name: str) -> bool:
    """Whether the name must be matched in capitals."""
    return name.isupper()


def capitals(name: str) -> str:
    """What an abbreviation is compared by: its letters and digits as they are written."""
    return "".join(_WORD.findall(name))
