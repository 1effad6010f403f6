"""Names to entities: in the order of the text, by what it told before and by the date that the story has reached.

What can't be told apart is not guessed: such a name becomes an entity of its own, made from the text.
"""

from collections.abc import Callable, Iterable, Sequence

from graph.records import Entity
from loaders.actors.given_names import is_given_name
from loaders.actors.memory import Memory, entity_of, made
from loaders.actors.mentions import Candidate, Names, find_candidates, names_in, office_heads, titles_and_ranks, words_of
from loaders.actors.placing import is_place, speaks_for_state, stands_alone
from loaders.actors.spellings import respelled
from loaders.parsed import Doc, Span, Token
from loaders.passages import Mention
from ontology.names import words
from ontology.reference import Known, Reference

_FORCES = frozenset({"army", "mission"})
_WELL_KNOWN = 7  # the rank of presidents, prime and foreign ministers: they are named by their surname alone
_WITHIN_TITLES = ("of", "-")
_LONGEST_TITLE = 5  # tokens before a name

DateAt = Callable[[Token], str | None]


def find_names(doc: Doc, date_at: DateAt, reference: Reference, memory: Memory) -> list[Mention]:
    """The names of a paragraph and what they mean; ``memory`` is added to."""
    mentions: list[Mention] = []
    candidates = _with_links(doc, find_candidates(doc, _names_in(doc, reference, memory), reference, memory.people), memory)
    for candidate, following in zip(candidates, [*candidates, None][1:], strict=True):
        memory.date = date_at(doc[candidate.start]) or memory.date
        mention = _given_name_alone(doc, candidate, following, reference, memory) or _resolve(doc, candidate, reference, memory)
        if mention is None:
            continue
        mentions.append(mention)
        memory.meet(mention.entity, reference)
        if mention.how == "loaded":
            memory.slanted.add(mention.entity)
        if mention.entity.type == "Person":
            memory.entitle(mention.entity, [*title_before(doc, mention.start), *_titles_within(doc, mention)])
    return mentions


def _names_in(doc: Doc, reference: Reference, memory: Memory) -> Names:
    """Those that were found when the document was introduced; of a phrase on its own they are found now."""
    return memory.names.pop(doc, None) or names_in(doc, reference)


def _with_links(doc: Doc, candidates: list[Candidate], memory: Memory) -> list[Candidate]:
    """The candidates and what the page's links name besides: a link's own words are a name, whatever the model saw."""
    taken = {place for c in candidates for place in range(c.start, c.end)}
    spans = ((doc.char_span(start, end), known) for (start, end), known in memory.linked.items() if known.type != "State")
    more = [Candidate(span.start, span.end, (known,), "name", known.type) for span, known in spans if span and span.text[0].isupper()]
    fresh = [c for c in more if taken.isdisjoint(range(c.start, c.end))]
    return sorted([*candidates, *fresh], key=lambda c: (c.start, c.end)) if fresh else candidates


def _given_name_alone(doc: Doc, candidate: Candidate, following: Candidate | None, reference: Reference, memory: Memory) -> Mention | None:
    """“Ana and Luis Costa”: the first shares the second's surname."""
    if following is None or candidate.type != "Person" or candidate.known or candidate.length != 1 or following.type != "Person":
        return None
    name, place = doc[candidate.start], candidate.end
    joined = place < len(doc) and doc[place].lower_ in ("&", "and") and following.start == place + 1 and following.length == 2
    is_surname = memory.namesakes(name.text) or (not is_given_name(name.text, reference) and reference.surname(name.text))
    if not joined or is_surname:
        return None
    return Mention(candidate.start, candidate.end, _new_person(f"{name.text} {doc[following.end - 1].text}", reference), "made")


def introduce(docs: Iterable[Doc], reference: Reference, memory: Memory) -> None:
    """Takes note of a document's full names and loaded names, which may come after the first surname or hint."""
    docs = list(docs)
    alone = {words(ent.text) for doc in docs for ent in doc.ents if ent.label_ == "PERSON" and len(ent) == 1}
    for doc in docs:
        memory.names[doc] = names_in(doc, reference)
        for candidate in find_candidates(doc, memory.names[doc], reference, alone):
            if candidate.type == "Person" and candidate.length > 1 and len(candidate.known) < 2:
                words_here = doc[candidate.start : candidate.end].text
                memory.know(entity_of(candidate.known[0]) if candidate.known else _new_person(words_here, reference), reference)
            elif candidate.type == "State" and candidate.how == "loaded":
                memory.slanted.update(entity_of(known) for known in candidate.known)
            elif candidate.type == "State" and candidate.how != "name":
                memory.cues.update(known.iri for known in candidate.known)


def title_before(doc: Doc, start: int) -> list[str]:
    """The words of the title right before a name: “Soviet Ambassador” gives “ambassador”."""
    found: list[str] = []
    titles = titles_and_ranks()
    for place in range(start - 1, max(start - 1 - _LONGEST_TITLE, -1), -1):
        token = doc[place]
        if token.base in titles or token.lower_ in titles:
            found.append(token.base)
        elif (
            (found and token.text[0].isupper() and token.pos_ in ("PROPN", "ADJ", "NOUN"))
            or token.lower_ in _WITHIN_TITLES
            or (not found and token.lower_ in words_of("completing"))
        ):
            found.append(token.lower_)
        else:
            break
    return found if any(word in titles for word in found) else []


def _titles_within(doc: Doc, mention: Mention) -> list[str]:
    """“King Hussein” is one name, and a title too."""
    return [t.lower_ for t in doc[mention.start : mention.end - 1] if t.lower_ in titles_and_ranks()]


def _resolve(doc: Doc, candidate: Candidate, reference: Reference, memory: Memory) -> Mention | None:
    start, end = candidate.start, candidate.end
    span = doc[start:end]
    link = memory.linked.get((span.start_char, span.end_char))
    if link is not None and link.type != "State" and (not candidate.known or link in candidate.known):
        return Mention(start, end, entity_of(link), "name")
    if candidate.type == "Group" and not candidate.known:
        return _people_group(doc, candidate)
    if candidate.type == "State" and (person := _person_of_that_name(span, candidate, memory)):
        return Mention(start, end, person, "surname")
    if candidate.type == "State" and _is_part_of_address(span):
        return Mention(start, end, made(span.text, "Place"), "made")
    known = _choose(_by_role(reference.of_the_time(candidate.known, memory.date), span), memory)
    if known is not None and known.type != "Person":
        return _known_mention(span, known, reference, memory)
    if known is not None:
        return Mention(start, end, entity_of(known), "name")
    if candidate.known:  # several fit: kept under the words of the text, not guessed
        return Mention(start, end, made(span.text, candidate.known[0].type), "made")
    if candidate.type == "Person":
        return _person(doc, candidate, reference, memory)
    return Mention(start, end, made(span.text, candidate.type or "Agent"), "made")


def _people_group(doc: Doc, candidate: Candidate) -> Mention | None:
    """“the Arabs”, “Arab states”, “Jewish refugees”: people; an attribute of anything else is nobody."""
    last = doc[candidate.end - 1]
    if last.dep_ not in ("amod", "compound", "nmod"):
        return Mention(candidate.start, candidate.end, made(doc[candidate.start : candidate.end].text, "Group"), "made")
    head = last.head
    if head.i == candidate.end and head.base in words_of("peoples"):
        return Mention(candidate.start, head.i + 1, made(doc[candidate.start : head.i + 1].text, "Group"), "made")
    return None


def _person_of_that_name(span: Span, candidate: Candidate, memory: Memory) -> Entity | None:
    """“Jordan wrote” is Hamilton Jordan in a text that tells of him, and of the state by no other word."""
    told = memory.namesakes(span.text)
    cued = any(known.iri in memory.cues for known in candidate.known)
    return told[0] if candidate.how == "name" and len(told) == 1 and not cued and not is_place(span.root) else None


def _is_part_of_address(span: Span) -> bool:
    """“Savannah, Georgia”: not the state, where what stands before the comma is a place that is not known to lie in it."""
    doc, place = span.doc, span.start
    if place < 2 or doc[place - 1].text != "," or span.root.dep_ not in ("appos", "npadvmod"):
        return False
    return doc[place - 2].ent_type_ == "GPE" and doc[place - 2].text[0].isupper() and span.text in words_of("names_of_regions")


def _by_role(known: tuple[Known, ...], span: Span) -> tuple[Known, ...]:
    """Of a city and the states that it stands for: the city behind “in” or “to”, else the states."""
    places = tuple(k for k in known if k.type == "Place")
    if not places or len(places) == len(known):
        return known
    if is_place(span.root):
        return places
    standing = tuple(k for k in known if k.type == "State")
    return standing or known


def _choose(known: tuple[Known, ...], memory: Memory) -> Known | None:
    """The one entity that fits, or that the text has already told of, or a state before its namesakes."""
    if len(known) == 1:
        return known[0]
    told = {entity.id for entity in memory.recent}
    for preferred in ([k for k in known if k.iri in told], [k for k in known if k.type == "State"]):
        if len(preferred) == 1:
            return preferred[0]
    return None


def _known_mention(span: Span, known: Known, reference: Reference, memory: Memory) -> Mention:
    start, end = span.start, span.end
    how = reference.how(span.text, known) or "name"
    last = span[-1]
    if how == "seat" and is_place(last):
        return Mention(start, end, made(span.text, "Place"), "name")
    if how == "adjective" and known.type == "State" and stands_alone(last):  # “the French”
        how = "people"
    if known.type == "State" and memory.date and not (known.exists_until and how != "seat"):  # “Soviet” in 1993 is still that
        known = reference.state_at(known, memory.date)
    if how == "people" and not speaks_for_state(last):
        return Mention(start, end, made(span.text, "Group"), "people")
    return Mention(start, end, entity_of(known), how, state_behind(known, reference))


def state_behind(known: Known, reference: Reference) -> Entity | None:
    """The state whose forces a body is."""
    state = reference.entity(known.part_of) if known.body_kind in _FORCES and known.part_of else None
    return entity_of(state) if state and state.type == "State" else None


def _new_person(name: str, reference: Reference) -> Entity:
    """A person whose name the reference data does not hold as it is written: one it holds in another spelling, or somebody new."""
    known = respelled(name, reference)
    return entity_of(known) if known else made(name, "Person")


def _person(doc: Doc, candidate: Candidate, reference: Reference, memory: Memory) -> Mention:
    """A person's name that the reference data does not hold in full: a surname, or somebody new."""
    start, end = candidate.start, candidate.end
    name = doc[start:end].text
    if " " in name and not memory.people.get(words(name)):
        return Mention(start, end, _new_person(name, reference), "made")
    title = title_before(doc, start)
    told = memory.namesakes(name)
    person = _among(told, title, reference, memory, dated=_tells_a_time(doc[start:end]))
    if person is None and (title or not told):
        person = _by_surname(name, title, reference, memory)
    return Mention(start, end, person, "surname") if person else Mention(start, end, made(name, "Person"), "made")


def _among(told: Sequence[Entity], title: Sequence[str], reference: Reference, memory: Memory, *, dated: bool) -> Entity | None:
    """Of the people told with a surname: the only one, or the one who bears the title, or who was in office at the date."""
    told = [p for p in told if p in memory.recent] or list(told)
    titled = _titled(told, title, reference, memory)
    if len(titled) == 1 or (len(told) == 1 and not (title and _is_office(title) and reference.offices_of(told[0].id))):
        return (titled or told)[0]
    in_office = [p for p in told if memory.date and _in_office(p.id, memory.date, reference)]
    return in_office[0] if len(in_office) == 1 and not title and dated else None


def _titled(people: Sequence[Entity], title: Sequence[str], reference: Reference, memory: Memory) -> list[Entity]:
    """Those of the people who bear a title at the date, else those who ever did: “President Clinton” in 2010."""
    if not title:
        return []
    return [p for p in people if bears(p, title, reference, memory)] or [p for p in people if _ever_bore(p, title, reference)]


def _ever_bore(person: Entity, title: Sequence[str], reference: Reference) -> bool:
    return any(_is_office_of(t.office, title) for t in reference.offices_of(person.id))


def _is_office_of(office: str, title: Sequence[str]) -> bool:
    """Is “minister” a word for the Foreign Minister? For a deputy it is not."""
    wanted, held = {word for word in title if word not in ("of", "-", "the")}, set(words(office))
    return wanted <= held and not (held - wanted) & words_of("deputies")


def _tells_a_time(span: Span) -> bool:
    """Is a sentence in the past, so that the date told last is its own too? “Nobody speaks ill of Gandhi” is not."""
    return span.sent.root.tag_ not in ("VBZ", "VBP")


def _is_office(title: Sequence[str]) -> bool:
    return any(word in office_heads() for word in title)


def bears(person: Entity, title: Sequence[str], reference: Reference, memory: Memory) -> bool:
    """Does the text give a person the title, or the reference data an office of that name in the year?"""
    wanted = {word for word in title if word not in ("of", "-", "the")}
    if wanted <= memory.titles.get(person, set()):
        return True
    tenures = [t for t in reference.offices_of(person.id) if memory.date is None or t.in_year_of(memory.date)]
    return any(_is_office_of(t.office, title) for t in tenures)


def _by_surname(name: str, title: Sequence[str], reference: Reference, memory: Memory) -> Entity | None:
    """The one person whom a surname alone means: by title, or the best known of those in office at the date, or ever."""
    known = list(reference.surname(name))
    if title and _is_office(title):
        titled = _titled([entity_of(k) for k in known], title, reference, memory)
        known = [k for k in known if entity_of(k) in titled] or known
    elif words(name)[-1] in words_of("common_surnames"):
        known = [k for k in known if _state_is_told(k, reference, memory)]
    in_office = [k for k in known if memory.date and _in_office(k.iri, memory.date, reference)]
    best = in_office[:1] or [k for k in known if len(known) == 1 and reference.rank(k.iri) >= _WELL_KNOWN]
    return entity_of(best[0]) if best else None


def _in_office(person_iri: str, on: str, reference: Reference) -> bool:
    return any(t.in_year_of(on) for t in reference.offices_of(person_iri))


def _state_is_told(person: Known, reference: Reference, memory: Memory) -> bool:
    told = {state.id for state in memory.counts}
    return any(t.of in told for t in reference.offices_of(person.iri))
