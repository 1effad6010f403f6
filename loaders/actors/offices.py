"""Offices: who holds the titles of a text, and the records of people shown in an office."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from graph.records import Entity, OfficeHeld
from loaders.actors.beside import holder_beside, people_after, people_listed
from loaders.actors.context import Context
from loaders.actors.memory import entity_of, state_led_by
from loaders.actors.mentions import words_of
from loaders.actors.peers import find_peers, of_the_state
from loaders.actors.serving import owner_around, owner_behind_name, owner_told, posting_around
from loaders.actors.standins import holder_by_date, holder_told, main_tenure
from loaders.actors.titles import ENVOYS, POSTED, Title, find_titles, title_lexicon, title_words
from loaders.clauses import is_passive, is_verbal, objects, subjects
from loaders.dates import FoundDate
from loaders.parsed import Doc
from loaders.passages import Mention, OfficePhrase, Passage
from loaders.timing import date_of
from ontology.reference import Known, Reference

_VAGUE = "Minister"
_RULER = "Ruler"
_ENVOY = "Special Envoy"
_UNPOSTED = ("Ambassador",)
_POSSESSIVES = ("'s", "’s", "'")


def find_offices(ctx: Context, dates: Sequence[FoundDate]) -> list[OfficePhrase]:
    """The titles of a paragraph with their holders: named beside them, told before, or known from the date."""
    dated = {token.i for d in dates for token in ctx.doc.starting_in(d.start, d.end)}
    found: list[OfficePhrase] = []
    for title in find_titles(ctx.doc, ctx.at, dated):
        for phrase in _phrases(ctx, title, found):
            if phrase.office:
                found.append(phrase)
                _remember(ctx, phrase)
    found = _coordinated(ctx.doc, found)
    for phrase in found:
        _remember_office(ctx, phrase)
    shared = list(find_peers(ctx, found))
    for phrase in shared:
        _remember_office(ctx, phrase)
    return sorted([*found, *shared, *_terms(ctx), *_led(ctx)], key=lambda p: (p.start, p.end))


def _remember_office(ctx: Context, phrase: OfficePhrase) -> None:
    """The office that the text shows a person in, by name, for “his counterpart” and “his successor”."""
    vague = phrase.office == _VAGUE and phrase.person in ctx.memory.offices
    if phrase.named and phrase.person is not None and phrase.of is not None and not (phrase.term or vague):
        ctx.memory.offices[phrase.person] = (phrase.office, phrase.of)


def _remember(ctx: Context, phrase: OfficePhrase) -> None:
    """The words of a title that the text gives to a person by name, and the state that it is of."""
    if phrase.named and phrase.person is not None:
        ctx.memory.entitle(phrase.person, (token.text for token in ctx.doc[phrase.start : phrase.end]))
        if phrase.of is not None and phrase.of.type == "State":
            ctx.memory.served[phrase.person] = phrase.of


def read_offices(passage: Passage) -> Iterator[OfficeHeld]:
    """Rule ``office-title``: a title with its holder, by name or by date, and the state or body it is of."""
    for phrase in passage.offices:
        if phrase.person is None or phrase.of is None or phrase.again or _is_bare_leader(phrase):
            continue
        first, last = _extent(passage, phrase)
        start, end, text = passage.raw(passage.doc[first:last])
        yield OfficeHeld(
            source=passage.document.source.id, start=start, end=end, text=text,
            rule="office-title" if phrase.named else "office-by-date",
            person=phrase.person, office=phrase.office, of=phrase.of,
            date=None if phrase.former else date_of(passage, passage.doc[phrase.end - 1]),
        )  # fmt: skip


def _is_bare_leader(phrase: OfficePhrase) -> bool:
    """“Russian leader” is no office; “leader of Meretz” is."""
    return phrase.office == "Leader" and phrase.of is not None and phrase.of.type == "State"


def _extent(passage: Passage, phrase: OfficePhrase) -> tuple[int, int]:
    """The title together with the name beside it."""
    named = [m for m in passage.mentions if m.entity == phrase.person and m.how != "pronoun"]
    near = [m for m in named if phrase.start - 8 <= m.start <= phrase.end + 4]
    return min([phrase.start, *(m.start for m in near)]), max([phrase.end, *(m.end for m in near)])


def _phrases(ctx: Context, title: Title, earlier: Sequence[OfficePhrase]) -> list[OfficePhrase]:
    """The phrase of a title; one for each owner of “the foreign ministers of Greece and Turkey”."""
    if not (title.plural and len(title.owners) > 1):
        if title.plural and (several := people_after(ctx, title)):
            return [_office(ctx, title, person, earlier) for person in several]
        return [_office(ctx, title, holder_beside(ctx, title), earlier)]
    people = people_listed(ctx, title)
    phrases = []
    for number, owner in enumerate(title.owners):
        single = replace(title, of=owner, owners=(), plural=False)
        phrases.append(_office(ctx, single, people[number] if people else None, earlier))
    return phrases


def _office(ctx: Context, title: Title, person: Entity | None, earlier: Sequence[OfficePhrase]) -> OfficePhrase:
    reference, on = ctx.reference, ctx.date_at(ctx.doc[title.start])
    office, of, general = _name_and_owner(title, reference, on)
    if office in _UNPOSTED and person is not None and (to := posting_around(ctx, title, of, person)) is not None:
        office = reference.ambassador_to(to.label)
    of = of or _owner(ctx, title, office, person, general=general)
    if of is not None and of.type == "State" and not general and not title.parts.isdisjoint(words_of("not_states")):
        of = None
    office, of = _own_name(ctx, title, of_the_state(office, title.words, of), of, person)
    told = None if person else holder_told(ctx, title, of, _resolved(earlier, title.start))
    if of is None and told is None and title.head in title_words("bodily") and not general:
        return OfficePhrase(title.start, title.end, "", None, None, False)
    by_date = None if person or told or of is None else holder_by_date(ctx, title, office, of, on)
    if told is not None and of is None:
        of = _state_of(told, office, reference, on)
    again = person is None and (told is not None and title.of is None)
    return OfficePhrase(title.start, title.end, office, of, person or told or by_date, person is not None, title.former, again)


def _owner(ctx: Context, title: Title, office: str, person: Entity | None, *, general: bool) -> Entity | None:
    """Whose an office is that the title does not say: by who holds it, by whose it is, by its name, by what is told around it."""
    reference, on = ctx.reference, ctx.date_at(ctx.doc[title.start])
    if person is not None and (of := _state_of(person, office, reference, on)) is not None:
        return of
    led = state_led_by(title.owner, reference, on) if title.owner is not None else None
    if (of := _as_entity(led) or owner_told(ctx, title) or owner_behind_name(ctx, title, person)) is not None:
        return of
    if implied := _implied(office, title):
        return _entity_named(implied, reference)
    named = person is not None and (general or len(title.parts) > 1) and title.to is None
    return owner_around(ctx, title, office, person) if named and person is not None else None


def _own_name(ctx: Context, title: Title, office: str, of: Entity | None, person: Entity | None) -> tuple[str, Entity | None]:
    """The office of a known ruler, and of “Minister X” whose ministry the text told before."""
    if person is None:
        return office, of
    if office == _RULER and (tenure := main_tenure(ctx, person, ctx.date_at(ctx.doc[title.start]))) is not None:
        return tenure.office, of
    if office == _ENVOY and (tenure := main_tenure(ctx, person, ctx.date_at(ctx.doc[title.start]))) is not None:
        posted = tenure.office.startswith("Ambassador to ") and "special" not in title.parts
        return (tenure.office, of) if posted and of is not None and tenure.of == of.id else (office, of)
    told = ctx.memory.offices.get(person)
    return told if office == _VAGUE and told is not None and _VAGUE in told[0] else (office, of)


def _resolved(earlier: Sequence[OfficePhrase], index: int) -> list[Entity]:
    """Whom the titles before a token mean; not those of “the foreign ministers of Greece and Turkey”, who are several."""
    spans = [(p.start, p.end) for p in earlier]
    return [p.person for p in earlier if p.person and p.start < index and spans.count((p.start, p.end)) == 1]


def _name_and_owner(title: Title, reference: Reference, on: str | None) -> tuple[str, Entity | None, bool]:
    """The general name of the office, the state or body that it is of, and whether the reference data has such an office."""
    of = title.of.entity if title.of else None
    if title.head in ENVOYS:
        return _envoy(title, of, reference, on)
    if title.of is not None and ((of is not None and of.type != "State") or title.of.how in ("seat", "loaded")):
        named = title.of_words.split()
        for cut in range(len(named)):
            body = " ".join(named[cut:])
            general = reference.office_named(f"{body} {title.words}") or reference.office_named(f"{title.words} of the {body}")
            if general:
                return general, _whose(of, reference), True
    general = reference.office_named(title.words)
    if general and title.words.lower() not in title_words("bodily"):
        return general, of, True
    words = [w if w in ("of", "the", "and", "for") else w[:1].upper() + w[1:] for w in title.words.split()]
    return " ".join(words), of, False


def _whose(of: Entity | None, reference: Reference) -> Entity | None:
    """The state that a ministry or a seat is of: “Foreign Ministry spokeswoman” is an office of the state."""
    known = reference.entity(of.id) if of else None
    above = (known.voice_of or known.part_of) if known else None
    state = reference.entity(above) if above else None
    return _as_entity(state) if state and state.type == "State" else of


def _envoy(title: Title, of: Entity | None, reference: Reference, on: str | None) -> tuple[str, Entity | None, bool]:
    """“Israel's ambassador in Moscow” is its Ambassador to Russia; “UN envoy” is an envoy to or of the United Nations."""
    to = _posting(title.to, reference, on)
    if of is not None and of.label == "United Nations" and to is None:
        of, to = None, of
    to = to or (of if of is not None and of.type == "Organisation" and title.head != "emissary" else None)
    of = None if of == to else of
    named = reference.office_named(title.words)
    if to is None or (named == "Special Envoy" and "special" in title.parts):
        return named or title.words.capitalize(), of, named is not None
    if title.head in POSTED:
        return f"{named or title.words.capitalize()} to {to.label}", of, True
    return reference.ambassador_to(to.label), of, True


def _posting(to: Mention | None, reference: Reference, on: str | None) -> Entity | None:
    """The state to which an envoy is sent: that of the capital in “ambassador in Moscow”."""
    if to is None or to.entity.type != "Place":
        return to.entity if to else None
    return _as_entity(reference.state_with_seat(to.entity.label, on)) or to.entity


def _implied(office: str, title: Title) -> str | None:
    implied: dict[str, str] = title_lexicon()["implied"]
    written = " ".join(w if w in ("of", "the") else w[:1].upper() + w[1:] for w in title.words.split())
    return implied.get(office) or implied.get(written)


def _state_of(person: Entity, office: str, reference: Reference, on: str | None) -> Entity | None:
    """The state in which the reference data shows the person in that office."""
    states = {t.of for t in reference.offices_of(person.id) if t.office == office}
    known = reference.entity(states.pop()) if len(states) == 1 else None
    return _as_entity(reference.state_at(known, on) if on and known and known.type == "State" else known)


def _entity_named(name: str, reference: Reference) -> Entity | None:
    return next((_as_entity(k) for k in reference.named(name)), None)


def _as_entity(known: Known | None) -> Entity | None:
    return entity_of(known) if known else None


def _terms(ctx: Context) -> Iterator[OfficePhrase]:
    """“Lyndon Johnson's presidency” shows him in the office that the noun is of."""
    terms: dict[str, str] = title_lexicon()["terms_of"]
    for token in ctx.doc:
        office = terms.get(token.base)
        owner = ctx.at.get(token.i - 2) if office and token.i >= 2 and ctx.doc[token.i - 1].lower_ in _POSSESSIVES else None
        if office is None or owner is None or owner.entity.type != "Person":
            continue
        of = _state_of(owner.entity, office, ctx.reference, ctx.date_at(token))
        if of is not None:
            yield OfficePhrase(token.i, token.i + 1, office, of, owner.entity, True, term=True)


def _led(ctx: Context) -> Iterator[OfficePhrase]:
    """“X, who heads the agency”, “X chairs the commission”: by the verb."""
    for token in ctx.doc:
        if token.base not in title_words("leading") or not is_verbal(token) or is_passive(token):
            continue
        led = [m.entity for t in objects(token) if (m := ctx.at.get(t.i)) is not None and m.entity.type == "Organisation"]
        people = [m.entity for t in subjects(token) if (m := ctx.at.get(t.i)) is not None and m.entity.type == "Person"]
        if len(led) == 1 and len(people) == 1:
            office = "Head" if token.base == "head" else "Chair"
            yield OfficePhrase(token.i, token.i + 1, office, led[0], people[0], True, term=True)


def _coordinated(doc: Doc, phrases: list[OfficePhrase]) -> list[OfficePhrase]:
    """“the Prime Minister and Defence Minister of Israel”: the first shares the second's state and holder."""
    result = sorted(phrases, key=lambda p: (p.start, p.end))
    for index in range(len(result) - 2, -1, -1):
        this, following = result[index], result[index + 1]
        if this.end > following.start or doc[this.end : following.start].text.strip() != "and":
            continue
        of = this.of or following.of
        if this.named and not following.named and following.person is None:
            result[index + 1] = replace(following, person=this.person, named=True, of=following.of or this.of)
        elif following.named and not this.named and this.of is None:
            result[index] = replace(this, person=following.person, named=True, of=of)
        result[index] = replace(result[index], of=of)
        if result[index].named and not result[index + 1].named and result[index + 1].of == of:
            result[index + 1] = replace(result[index + 1], person=result[index].person, named=True)
    return result
