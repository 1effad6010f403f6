"""The one module that mints IRIs. The policy is in ``docs/identifiers.md``.

Things have readable slugs, records a hash of what identifies them. A changed identifier is a
breaking change: do not touch the functions below without a note in ``CHANGELOG.md``.
"""

import hashlib
import re
import unicodedata

BASE = "https://w3id.org/irkg/"
ONTOLOGY = BASE + "ontology#"
WIKIDATA = "http://www.wikidata.org/entity/"

REFERENCE_GRAPH = BASE + "graph/reference"
FUSION_GRAPH = BASE + "graph/fusion"

_HASH_LENGTH = 16  # hexadecimal digits, 64 bits: a clash among 10^7 records has odds of 1 in 10^5
# Letters that Unicode's decomposition leaves whole and that ASCII would otherwise lose.
_LETTERS = str.maketrans({"ß": "ss", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ı": "i", "æ": "ae", "œ": "oe"})


def slug(name: str) -> str:
    """A readable path segment: ``Recep Tayyip Erdoğan`` → ``recep-tayyip-erdogan``.

    Letters of other scripts stay, so that a name in Hebrew or Cyrillic is not lost. An empty
    result (a name of punctuation only) becomes a hash, so that it stays distinct.
    """
    plain = unicodedata.normalize("NFKD", name.translate(_LETTERS))
    plain = "".join(c for c in plain if not unicodedata.combining(c)).casefold()
    plain = re.sub(r"['’ʼ`]", "", plain)
    return re.sub(r"[\W_]+", "-", plain).strip("-") or digest(name)


def digest(*parts: object) -> str:
    """A stable hash of what identifies a thing."""
    joined = "\x1f".join("" if part is None else str(part) for part in parts)
    return hashlib.sha256(joined.encode("utf-8", "surrogatepass")).hexdigest()[:_HASH_LENGTH]


def entity_iri(name: str) -> str:
    """A person, state, organisation, place or group, by its name."""
    return f"{BASE}entity/{slug(name)}"


def tenure_iri(person: str, office: str, of: str, start: str) -> str:
    """A stretch of time in which a person held an office; a fact of the reference data."""
    return f"{BASE}tenure/{slug(person)}-{slug(office)}-{slug(of)}-{slug(start)}"


def source_iri(source_id: str) -> str:
    """A document or data set, by its id in ``sources.toml``."""
    return f"{BASE}source/{slug(source_id)}"


def graph_iri(source_id: str) -> str:
    """The named graph that holds what one source says."""
    return f"{BASE}graph/{slug(source_id)}"


def record_iri(record: str, source_id: str, *identifying: object) -> str:
    """A record, by its type, its source and what tells it from its neighbours."""
    return f"{BASE}{record}/{digest(record, source_id, *identifying)}"


def evidence_iri(source_id: str, start: int, end: int) -> str:
    """A span of a source."""
    return f"{BASE}evidence/{digest(source_id, start, end)}"


def selector_iri(source_id: str, start: int, end: int) -> str:
    """The selector of a span of a source."""
    return f"{BASE}selector/{digest(source_id, start, end)}"


def fusion_iri(what: str, *identifying: object) -> str:
    """What fusion adds: a happening, a measurement, a link, a corroboration or a disagreement, by the records in it."""
    return f"{BASE}{what}/{digest(what, *identifying)}"


def term_iri(name: str) -> str:
    """A term of the ontology: a class, a property, a kind or an act."""
    return ONTOLOGY + name


def rule_iri(name: str) -> str:
    """A rule of ours that reads records."""
    return f"{BASE}rule/{slug(name)}"


def dataset_iri(part: str | None = None) -> str:
    """The graph as a whole in its description, or a part of that description."""
    return f"{BASE}dataset#{part}" if part else BASE + "dataset"
