"""The shape of a title in the text: its words, whose it is, and what stands beside it. Who holds it: ``loaders.actors.offices``."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from graph.records import Entity
from loaders.actors.mentions import words_of
from loaders.parsed import Doc, Token
from loaders.passages import Mention
from loaders.word_lists import word_lists

POSTED = frozenset({"attaché", "consul", "d'affaires"})  # keep their own name: “Consul General to Chile”
ENVOYS = frozenset({"ambassador", "emissary", "envoy", "representative"}) | POSTED
_LONGEST = 7  # tokens before the head noun
_TITLE_WORDS = frozenset({"ADJ", "PROPN", "NOUN"})
_BODIES = ("State", "Organisation", "Place")
_POSSESSIVES = ("'s", "’s", "'")
_GENERALS = frozenset({"attorney", "consul", "director", "governor", "prosecutor", "secretary"})  # “Secretary-General”
_SKIPPED = frozenset({"the", "state", "republic", "kingdom", "commonwealth", "of", "opposition", "party", "parties", "respective"})

At = Mapping[int, Mention]


@dataclass(frozen=True, slots=True)
class Title:
    """A title at tokens ``start`` to ``end``: its own words, whose it is, and for envoys to whom.

    ``of_words`` is how the text names the owner (“the Kremlin”), ``owners`` are all of “of Greece and Turkey”,
    ``owner`` is the person in “Putin's press secretary”, ``whose`` the token of the pronoun in “its president”.
    """

    start: int
    end: int
    head: str
    words: str
    of: Mention | None = None
    to: Mention | None = None
    former: bool = False
    future: bool = False
    owner: Entity | None = None
    owners: tuple[Mention, ...] = ()
    of_words: str = ""
    plural: bool = False
    whose: int | None = None

    @property
    def parts(self) -> frozenset[str]:
        """The words of the title in small letters, without “of” and “the”."""
        return frozenset(self.words.lower().replace("-", " ").split()) - {"of", "the", "for"}


def find_titles(doc: Doc, at: At, dated: set[int]) -> list[Title]:
    """The titles of a paragraph, by their head nouns."""
    heads = title_words("heads")
    found: list[Title] = []
    for token in doc:
        is_head = token.pos_ in _TITLE_WORDS and (_head_of(token) in heads or _is_chief_diplomat(token))
        if is_head and _is_free(token, at) and token.i not in dated:
            if found and token.i < found[-1].end:
                continue
            found.append(_title(doc, token, at, dated))
    return found


def _is_chief_diplomat(token: Token) -> bool:
    """“Turkey's top diplomat” is its foreign minister; “a diplomat” holds no office."""
    return token.lower_ == "diplomat" and token.i > 0 and token.nbor(-1).lower_ in ("chief", "top")


def _is_free(token: Token, at: At) -> bool:
    """Is a title's noun outside of names, or the first word of a person's (“King Hussein”)?"""
    mention = at.get(token.i)
    return mention is None or (mention.entity.type == "Person" and mention.start == token.i and mention.end > token.i + 1)


def _title(doc: Doc, head: Token, at: At, dated: set[int]) -> Title:
    plural = _is_plural(head)
    words = [_head_of(head).capitalize() if plural and head.text[0].isupper() else head.lemma_ if plural else head.text]
    general = _general(doc, head, at)
    left = _left_of_title(doc, head, words, at, dated)
    title = _right_of_title(doc, head, general or head.i + 1, left, at)
    if general:
        title = replace(title, words=title.words.replace(head.text, doc[head.i : general].text, 1))
    if title.end == (general or head.i + 1) and (elect := _elect(doc, title.end)):
        title = replace(title, end=elect, words=f"{title.words}-elect", future=True)
    return title


def _is_plural(head: Token) -> bool:
    """By tag and form: the model takes “the tsar” for a plural."""
    return (head.tag_ in ("NNS", "NNPS") and head.lower_ != head.base) or _head_of(head) != head.base


def _head_of(token: Token) -> str:
    """A title's noun in the singular; the model takes “Presidents” before a name for a name."""
    lemma = token.base
    bare = lemma.removesuffix("s")
    return bare if token.pos_ == "PROPN" and lemma not in title_words("heads") and bare in title_words("heads") else lemma


def _elect(doc: Doc, place: int) -> int:
    """The end of “President-elect”, or 0."""
    if place < len(doc) and doc[place].text in ("-", "–"):
        place += 1
    return place + 1 if place < len(doc) and doc[place].lower_ in ("designate", "elect") else 0


def _general(doc: Doc, head: Token, at: At) -> int:
    """The end of “Secretary-General”, “Consul General” and “commander-in-chief”, or 0."""
    place = head.i + 1
    if "".join(t.lower_ for t in doc[place : place + 4]) == "-in-chief" or doc[place : place + 2].text.lower() == "in chief":
        return place + (4 if doc[place].text == "-" else 2)
    if head.base not in _GENERALS:
        return 0
    if place < len(doc) and doc[place].text in ("-", "–"):
        place += 1
    return place + 1 if place < len(doc) and doc[place].lower_ == "general" and place not in at else 0


def _left_of_title(doc: Doc, head: Token, words: list[str], at: At, dated: set[int]) -> Title:
    """What stands before a title's noun: “former”, “Israeli”, “Foreign”, “Putin's”."""
    title = Title(head.i, head.i + 1, _head_of(head), "", plural=_is_plural(head))
    start = head.i
    while start > 0 and head.i - start < _LONGEST:
        token = doc[start - 1]
        mention = at.get(token.i)
        if mention is not None:
            if mention.entity.type in _BODIES and title.of is None:
                start = mention.start
                owners = _coordinated_before(doc, mention, at)
                title = replace(title, of=mention, of_words=doc[mention.start : mention.end].text, owners=owners)
                start = min([start, *(m.start for m in title.owners)])
                continue
            if mention.entity.type == "Person" and start < head.i and doc[start].lower_ in _POSSESSIVES:
                title, start = replace(title, owner=mention.entity), mention.start
            break
        if token.tag_ in ("PRP$", "WP$"):
            title, start = replace(title, whose=token.i), start - 1
            break
        step = None if token.i in dated else _title_word(doc, start, head, words, at)
        if step is None:
            break
        title = replace(title, former=title.former or step, future=title.future or token.lower_ == "future")
        start -= 1
    return replace(title, start=start, words=" ".join(words))


def _title_word(doc: Doc, start: int, head: Token, words: list[str], at: At) -> bool | None:
    """Takes the word before ``start`` into the title; True for “former”, None where the title begins."""
    token = doc[start - 1]
    lower = token.lower_
    if lower in title_words("not_qualifiers") or (
        token.tag_ == "VBN" and token.dep_ not in ("amod", "compound", "nmod")
    ):  # “was elected president”
        return None
    if lower in title_words("past"):
        return lower in ("former", "ex", "future")
    if (lower in _POSSESSIVES and start - 2 in at) or lower == "-":
        return False
    chief = start == head.i and head.lower_ == "diplomat"
    deputy = start == head.i and lower in words_of("deputies") and token.text[0].isupper()  # “Under Secretary-General”
    if chief or deputy:
        words.insert(0, token.text)
        return False
    if lower in title_words("present") and not token.text[0].isupper():
        return False
    if token.pos_ in _TITLE_WORDS and (token.text[0].isupper() or lower in title_words("qualifiers") or _is_portfolio(token, head)):
        words.insert(0, token.text)
        return False
    if lower == "and" and words[0] != head.text and start >= 2 and start - 2 not in at and _is_portfolio(doc[start - 2], head):
        words.insert(0, token.text)  # “trade and industry minister”
        return False
    return None


def _is_portfolio(token: Token, head: Token) -> bool:
    """“irrigation minister”, “fisheries ministers”: whatever the ministry is for."""
    if token.pos_ != "NOUN" or head.base not in title_words("of_portfolios") or token.dep_ not in ("compound", "nmod", "conj"):
        return False
    return token.head == head or (token.head.i <= head.i and token.head.dep_ in ("compound", "nmod"))


def _coordinated_before(doc: Doc, mention: Mention, at: At) -> tuple[Mention, ...]:
    """“the Russian and Turkish presidents”: both states."""
    found, joins = [mention], ("and",)
    while found[0].start >= 2 and doc[found[0].start - 1].lower_ in joins:
        other = at.get(found[0].start - 2)
        if other is None or other.end != found[0].start - 1 or other.entity.type != mention.entity.type or other.how != mention.how:
            break
        found.insert(0, other)
        joins = (",",)
    return tuple(found) if len(found) > 1 else ()


def _right_of_title(doc: Doc, head: Token, end: int, title: Title, at: At) -> Title:
    """What follows a title's noun: “of China”, “to Israel”, “of Foreign Affairs of Iran”, “of State”."""
    tail: list[str] = []
    of_right: Mention | None = None
    while end + 1 < len(doc) and doc[end].lower_ in ("of", "to", "for", "in"):
        preposition = doc[end].lower_
        place = end + 1
        while place < len(doc) and doc[place].lower_ in _SKIPPED and place not in at:
            place += 1
        mention = _owner_at(doc, place, at)
        if mention is not None and mention.entity.type not in _BODIES:  # “Secretary of State | X”
            mention = at.get(end + 1)
        if preposition in ("of", "for") and (small := _end_of_portfolio(doc, end + 1, head, at)):
            tail.append(doc[end:small].text.replace("the ", ""))
            end = small
        elif mention is not None and mention.entity.type in _BODIES and mention.how != "adjective":
            if title.head in ENVOYS and (preposition in ("to", "in") or (preposition == "for" and title.of is not None)):
                title = replace(title, to=mention)
            elif preposition in ("of", "for"):
                of_right = of_right or mention
            else:
                break
            end = mention.end + (mention.end < len(doc) and doc[mention.end].lower_ in title_words("regions"))
        elif preposition in ("of", "for") and doc[end + 1].text[0].isupper() and mention is None:
            stop = _end_of_tail(doc, end + 1, at)
            tail.append(doc[end:stop].text)
            end = stop
        else:
            break
    if of_right is not None:
        owners = _coordinated_after(doc, of_right, at) if title.plural else ()
        end = max([end, *(m.end for m in owners)])
        title = replace(title, of=of_right, of_words=doc[of_right.start : of_right.end].text, owners=owners or title.owners)
    return replace(title, end=end, words=" ".join([title.words, *tail]))


def _owner_at(doc: Doc, place: int, at: At) -> Mention | None:
    """What is named at a word, and of “the Iran-backed Hezbollah movement” Hezbollah."""
    mention = at.get(place)
    while mention is not None and mention.end + 1 < len(doc) and doc[mention.end].text == "-" and doc[mention.end + 1].tag_ == "VBN":
        mention = at.get(mention.end + 2)
    return mention


def _end_of_portfolio(doc: Doc, place: int, head: Token, at: At) -> int:
    """Where “foreign affairs” and “trade and industry” end in small letters behind “minister of”, or 0."""
    place += place < len(doc) and doc[place].lower_ == "the"
    if head.base not in title_words("of_portfolios") or place >= len(doc) or not doc[place].text.islower():
        return 0
    stop = place
    while stop < len(doc) and stop not in at and doc[stop].text.islower() and doc[stop].pos_ in _TITLE_WORDS:
        stop += 1
        joins = stop + 1 < len(doc) and doc[stop].lower_ == "and" and doc[stop + 1].lower_ in title_words("portfolio_nouns")
        stop += joins
    return stop if stop > place and doc[stop - 1].lower_ in title_words("portfolio_nouns") else 0


def _end_of_tail(doc: Doc, stop: int, at: At) -> int:
    """Where “Foreign Affairs and Trade” ends."""
    while stop < len(doc) and stop not in at:
        joins = doc[stop].lower_ in ("and", "&") and stop + 1 < len(doc) and doc[stop + 1].text[0].isupper() and stop + 1 not in at
        if not (doc[stop].text[0].isupper() or joins):
            break
        stop += 1
    return stop


def _coordinated_after(doc: Doc, mention: Mention, at: At) -> tuple[Mention, ...]:
    """“of Greece and Turkey”, “of Russia, Iran and Turkey”: all of them."""
    found = [mention]
    place = mention.end
    while place + 1 < len(doc) and doc[place].lower_ in (",", "and"):
        place += 1
        while place < len(doc) and doc[place].lower_ in ("and", "the", "of"):
            place += 1
        other = at.get(place)
        if other is None or other.entity.type not in _BODIES or other.start != place:
            break
        found.append(other)
        place = other.end
    return tuple(found) if len(found) > 1 else ()


def title_words(key: str) -> frozenset[str]:
    """A list of ``lexicon/offices.toml``."""
    return _word_sets()[key]


@cache
def _word_sets() -> dict[str, frozenset[str]]:
    return {key: frozenset(value) for key, value in title_lexicon().items() if isinstance(value, list)}


def title_lexicon() -> Mapping[str, Any]:
    """``lexicon/offices.toml``."""
    return word_lists("offices.toml")
