"""Needs of the events of contact and agreement: who talks, who travels, what is concluded, and what deals are about.

Those who talk and conclude are often named by what they are only (“both sides”, “the ministers”), and treaties
are told in the passive without anybody (“an armistice was signed”).
"""

from collections.abc import Callable, Iterable

from graph.records import Entity
from loaders.clauses import governing_verb, is_passive, is_verbal, noun_phrase, obliques, subjects
from loaders.events.needs_of_force import doer
from loaders.events.noun_classes import noun_class, weapon_models
from loaders.events.participants import Cast
from loaders.parsed import Token
from loaders.passages import Passage
from ontology.reference import load_reference

_BETWEEN = frozenset({"among", "between", "with"})
_BY_LETTER = frozenset({"by", "in", "through", "via"})
_DESTINED = frozenset({"at", "between", "for", "in", "into", "on", "through", "to", "towards", "via"})
_OFTEN = frozenset({"number", "occasion", "time", "total"})  # “met nine times”
_REFLEXIVE = frozenset({"herself", "himself", "itself", "themselves"})
_AGENCIES = frozenset({"Organisation", "Person", "State"})


# Who --------------------------------------------------------------------------------------


def party(passage: Passage, trigger: Token, cast: Cast) -> bool:
    """Somebody named takes part, or governments, sides and officials by what they are."""
    if cast.participants:
        return True
    around = [t for preposition, t in obliques(trigger) if preposition in _BETWEEN | {"by", "of"}]
    return _are((*cast.subject_tokens, *around), "parties", "officials")


def party_or_passive(passage: Passage, trigger: Token, cast: Cast) -> bool:
    """“An armistice was signed” tells an event by whomever."""
    return party(passage, trigger, cast) or is_passive(trigger)


def meets_somebody(passage: Passage, trigger: Token, cast: Cast) -> bool:
    """People meet people; demands, targets and deadlines are met too."""
    if not party(passage, trigger, cast) or _are(cast.object_tokens, "treaties"):
        return False
    met = [t for t in cast.object_tokens if t.base not in _OFTEN and not t.ent_type_.startswith(("DATE", "TIME"))]
    return not met or _people(passage, met) or _named_people(passage, met) or any(p == "with" for p, _ in obliques(trigger))


def received_guest(passage: Passage, trigger: Token, cast: Cast) -> bool:
    """One receives another, both named or by their office; “by Y” may hang on the place: “was received in X by Y”."""
    if not _people(passage, cast.object_tokens):
        return False
    if not is_passive(trigger):
        return _authority(cast.agents) or _are(cast.subject_tokens, "officials")
    hosts = [t for below in trigger.subtree if below.lower_ == "by" for t in below.children]
    return _authority(cast.agents) or any(_authority(passage.entities_at(t)) for t in hosts) or _are(hosts, "officials")


def guest(passage: Passage, trigger: Token, cast: Cast) -> bool:
    """Somebody of office is received, by whomever."""
    return is_passive(trigger) and not cast.agents and _people(passage, cast.object_tokens)


def traveller(passage: Passage, trigger: Token, cast: Cast) -> bool:
    """Who goes is an official: by the word, or somebody known to have an office."""
    if is_passive(trigger):
        return False
    if _are(cast.subject_tokens, "officials"):
        return True
    return any(_holds_office(passage, t) for t in cast.subject_tokens)


def destined(passage: Passage, trigger: Token, cast: Cast) -> bool:
    """Somewhere is named where one goes."""
    goals = [t for preposition, t in obliques(trigger) if preposition in _DESTINED]
    named = any(e.type in ("Place", "State") and t.text[0].isupper() for t in goals for e in passage.entities_at(t))
    unknown = any(t.pos_ == "PROPN" and t.text[0].isupper() and not passage.mentions_at(t) and not _dates(passage, t) for t in goals)
    return named or unknown or any(t.base in ("capital", "country") for t in goals)


def sent_official(passage: Passage, trigger: Token, cast: Cast) -> bool:
    """Somebody of office is sent, by a state or a person."""
    sent = cast.object_tokens
    return bool(cast.agents and sent) and all(_is_official(passage, t) for t in sent)


def officials_journey(passage: Passage, trigger: Token, cast: Cast) -> bool:
    """“the journey of the prince to X”, “his first journey abroad” of one who holds an office."""
    around = [t for p, t in obliques(trigger) if p in ("by", "of")] + [c for c in trigger.lefts if c.dep_ == "poss"]
    known = any(_holds_office(passage, t) or any(e.type == "Person" and e.known for e in passage.entities_at(t)) for t in around)
    goal = destined(passage, trigger, cast) or any(c.lower_ in ("abroad", "overseas") for c in trigger.rights)
    return goal and (known or _are(around, "officials"))


def gathered(passage: Passage, trigger: Token, cast: Cast) -> bool:
    """Officials, or a body by name, come together somewhere."""
    return cast.place is not None and not cast.object_tokens and (_are(cast.subject_tokens, "officials") or _body(cast.agents))


# Talks and words ----------------------------------------------------------------------------


def mediated(passage: Passage, trigger: Token, cast: Cast) -> bool:
    """The mediation of somebody named, or between two."""
    return len(cast.participants) >= 2 or any(c.dep_ == "poss" and _authority(passage.entities_at(c)) for c in trigger.lefts)


def at_talks(passage: Passage, trigger: Token, cast: Cast) -> bool:
    """“took part in the talks”, “presided over the congress”, “sat down for negotiations”."""
    below = [t for preposition, t in obliques(trigger) if preposition in ("at", "for", "in", "into", "over", "to", "with")]
    shares = [noun for noun in cast.object_tokens if noun.lemma_ in ("delegation", "part", "team")]  # “led the delegation to the talks”
    below += [t for noun in shares for p, t in obliques(noun) if p in ("at", "in", "to")]
    return any(_is_talks(t) for t in below)


def talks_subject(passage: Passage, trigger: Token, cast: Cast) -> bool:
    """Talks begin, sit, go on or end; the talks are somebody's, or somewhere, or dated."""
    found = [t for t in (*cast.subject_tokens, *(cast.object_tokens if is_passive(trigger) else ())) if _is_talks(t)]
    here = passage.mentions_in(trigger.sent.start, trigger.sent.end)
    found_that = any(c.dep_ == "ccomp" for c in trigger.rights)  # “the forum concluded that …”
    return bool(found) and bool(here) and not found_that


def talks_told(passage: Passage, trigger: Token, cast: Cast) -> bool:
    """Talks of some with others: “the talks between the commanders”, “the talks that followed with X”."""
    if _goes_on(trigger):
        return False
    clauses = [c for c in trigger.rights if c.dep_ in ("relcl", "acl")]
    with_ = [t for top in (trigger, *clauses) for p, t in obliques(top) if p in _BETWEEN]
    theirs = any(c.dep_ == "poss" and c.lower_ == "their" for c in trigger.lefts) and any(p in ("at", "in") for p, _ in obliques(trigger))
    return theirs or any(_authority(passage.entities_at(t)) for t in with_) or _are(with_, "officials", "parties")


def named_conference(passage: Passage, trigger: Token, cast: Cast) -> bool:
    """“the Vienna Conference”, “the Congress of Verona”; not a parliament, nor a press conference."""
    if any(c.base in noun_class("not_talks") for c in trigger.lefts):
        return False
    if trigger.base == "congress":
        of = [t for p, t in obliques(trigger) if p == "of"]
        return any(t.ent_type_ in ("GPE", "LOC") or t.pos_ == "PROPN" for t in of) and not _are(of, "parties")
    named = [c for c in trigger.lefts if c.dep_ in ("compound", "amod", "nmod", "poss") and c.text[0].isupper()]
    return bool(named) and trigger.dep_ != "compound" and not _goes_on(trigger)


def in_letter(passage: Passage, trigger: Token, cast: Cast) -> bool:
    """“protested in a letter”: whoever acts in the clause writes it; “in a letter signed by X”."""
    verb = governing_verb(trigger)
    if verb is None or trigger.dep_ != "pobj" or trigger.head.lower_ not in _BY_LETTER:
        return False
    signed = [t for c in trigger.rights if c.dep_ == "acl" for p, t in obliques(c) if p in ("by", "with")]
    writers = [*subjects(verb), *signed]
    return any(_authority(passage.entities_at(t)) for t in writers) or _are(writers, "officials")


def by_phone(passage: Passage, trigger: Token, cast: Cast) -> bool:
    """“spoke by telephone”, “talked on the phone”."""
    return party(passage, trigger, cast) and any(
        noun_class("telephones") & {w.base for w in noun_phrase(t)}
        for p, t in obliques(trigger)
        if p in ("by", "during", "in", "on", "over", "via")
    )


def rang(passage: Passage, trigger: Token, cast: Cast) -> bool:
    """“called X on Friday”: a person, and nothing that X is called."""
    named = any(e.type == "Person" for t in cast.object_tokens for e in passage.entities_at(t))
    more = any(c.dep_ in ("oprd", "xcomp", "ccomp", "prt", "acomp") or c.lower_ in ("for", "upon") for c in trigger.rights)
    return named and not more and not is_passive(trigger) and _authority(cast.agents) and len(cast.object_tokens) == 1


# Agreements ---------------------------------------------------------------------------------


def treaty_told(passage: Passage, trigger: Token, cast: Cast) -> bool:
    """A treaty told by its noun: first told with a party to it, with its date, or where the model misread “signed”."""
    if trigger.dep_ == "compound":
        return False
    with_ = [
        e for p, t in obliques(trigger) if p in _BETWEEN for e in passage.entities_at(t) if e.type in ("Group", "Organisation", "State")
    ]
    new = any(c.lower_ in ("a", "an") for c in trigger.lefts) and bool(with_)
    of = [t for p, t in obliques(trigger) if p == "of"]
    dated = any(_dates(passage, t) for t in of)
    return _misread(trigger) or new or dated or len(set(with_)) >= 2 or _named_for_place(passage, trigger, of)


def _named_for_place(passage: Passage, noun: Token, of: Iterable[Token]) -> bool:
    """“the armistice of Compiègne”; peace only with a capital (“the Peace of Nystad”)."""
    kind = noun.base
    named = kind in ("armistice", "concordat", "convention", "peace", "treaty", "truce") and (kind != "peace" or noun.text[0].isupper())
    return named and any(t.pos_ == "PROPN" and not any(e.known and e.type != "Place" for e in passage.entities_at(t)) for t in of)


def _misread(noun: Token) -> bool:
    """“the treaty of friendship *concluded* in 1945”, taken for a finite verb with no subject."""
    end = noun_phrase(noun).end
    below = [c for c in noun.rights if c.dep_ in ("acl", "relcl")] + ([noun.doc[end]] if end < len(noun.doc) else [])
    return any(
        c.tag_ == "VBD"
        and c.lemma_ in noun_class("concluding")
        and not any(s.dep_ in ("nsubj", "nsubjpass") for s in c.children)
        and c.dep_ != "ROOT"
        for c in below
    )


def treaty_act(passage: Passage, trigger: Token, cast: Cast) -> bool:
    """“the signing of a memorandum”, “X's accession to the treaty”."""
    return any(t.base in noun_class("treaties") for p, t in obliques(trigger) if p in ("of", "to"))


def to_treaty(passage: Passage, trigger: Token, cast: Cast) -> bool:
    """“acceded to the convention”, “withdrew from the treaty”."""
    deals = (
        {"agreement", "deal", "cease-fire", "ceasefire", "truce"} if trigger.lemma_ in ("adhere", "subscribe") else set()
    )  # kept, not joined
    tops = [trigger, *(c for c in trigger.rights if c.dep_ == "advmod")]  # “walked *away* from”
    below = [t for top in tops for _, t in obliques(top)]
    return party(passage, trigger, cast) and any(t.base in noun_class("treaties") - deals for t in below)


def in_force(passage: Passage, trigger: Token, cast: Cast) -> bool:
    """A treaty or truce comes into force."""
    if not any(t.base in noun_class("treaties") for t in cast.subject_tokens):
        return False
    below = {t.base for _, t in obliques(trigger)} | cast.object_lemmas
    return not below.isdisjoint({"effect", "force", "hold"})


def treaty_subject(passage: Passage, trigger: Token, cast: Cast) -> bool:
    """A truce or treaty lapses."""
    return _are(cast.subject_tokens, "treaties") and not cast.object_tokens


def makes_peace(passage: Passage, trigger: Token, cast: Cast) -> bool:
    """“made peace with X”, “came to terms with X”; not “made a deal of peace and quiet”."""
    with_ = [t for top in (trigger, *cast.object_tokens) for p, t in obliques(top) if p in _BETWEEN]
    other = any(_authority(passage.entities_at(t)) for t in with_) or _are(with_, "officials", "parties")
    return bool(cast.participants) and (other or len(cast.participants) >= 2)


def peace_made(passage: Passage, trigger: Token, cast: Cast) -> bool:
    """It is peace, terms or an arrangement that one makes or comes to."""
    below = cast.object_lemmas | {t.base for p, t in obliques(trigger) if p in ("for", "to")}
    return not below.isdisjoint({"accommodation", "arrangement", "peace", "settlement", "term", "terms", "understanding"})


def agreed(passage: Passage, trigger: Token, cast: Cast) -> bool:
    """Two agree, or several; “it was agreed to …” where somebody named is near."""
    if is_passive(trigger):
        return bool(cast.participants) or any(c.lower_ == "it" for c in trigger.lefts)
    plural = any(t.tag_ in ("NNS", "NNPS") or t.lower_ == "they" for t in cast.subject_tokens)
    alone = trigger.base == "pledge"  # “X pledged its support against Y”: Y pledges nothing
    return (
        len(cast.agents if alone else cast.participants) >= 2
        or (plural and bool(cast.participants))
        or (plural and _are(cast.subject_tokens, "officials", "parties"))
    )


def of_missions(passage: Passage, trigger: Token, cast: Cast) -> bool:
    """“an exchange of trade missions”."""
    return any(t.base in ("delegation", "mission", "office", "representation") for p, t in obliques(trigger) if p == "of")


def not_agreed(passage: Passage, trigger: Token, cast: Cast) -> bool:
    """“agreed to continue their talks” is told by the agreement."""
    verb = trigger if is_verbal(trigger) else trigger.head
    return verb.dep_ not in ("xcomp", "ccomp") or verb.head.base != "agree"


def bare_plan(passage: Passage, trigger: Token, cast: Cast) -> bool:
    """A plan, not what is told of in the words behind it: “the offer to visit X”, “a proposal by X to hold talks”."""
    told = [t for noun in cast.object_tokens for t in noun.subtree] + [c for c in trigger.rights if c.dep_ == "xcomp"]
    return not any(t.tag_ == "VB" and any(c.tag_ == "TO" for c in t.lefts) for t in told)


def voided(passage: Passage, trigger: Token, cast: Cast) -> bool:
    """A treaty is ended, not only blamed (“denounced the treaty as a shame”), nor by a court."""
    blamed = any(p == "as" for p, _ in obliques(trigger)) or any(c.lower_ in ("as", "for") for c in trigger.rights)
    return not blamed and party_or_passive(passage, trigger, cast) and not _are(cast.subject_tokens, "courts")


def of_talks_noun(passage: Passage, trigger: Token, cast: Cast) -> bool:
    """“the opening of negotiations”."""
    return any(_is_talks(t) for p, t in obliques(trigger) if p == "of")


def not_relative(passage: Passage, trigger: Token, cast: Cast) -> bool:
    """“the call which he received from X” is told by its noun."""
    return trigger.dep_ != "relcl"


def authority(passage: Passage, trigger: Token, cast: Cast) -> bool:
    """A government or an official does it, or it is done by somebody named."""
    return _authority(cast.agents) or _are(cast.subject_tokens, "officials", "parties")


def binds_itself(passage: Passage, trigger: Token, cast: Cast) -> bool:
    """“committed itself to the ban”."""
    mirrored = any(c.dep_ == "dobj" and c.lower_ in _REFLEXIVE for c in trigger.children)
    return mirrored and _authority(cast.agents)


# Arms and prisoners ---------------------------------------------------------------------------


def weaponry(passage: Passage, trigger: Token, cast: Cast) -> bool:
    """Weapons, or stores that are military; who deals in them is no weapon (“sent its defence minister”)."""
    words = cast.object_words if is_verbal(trigger) else cast.object_words | {t.base for t in noun_phrase(trigger)}
    told_by_verb = not is_verbal(trigger) and any(c.dep_ == "acl" and c.tag_ == "VB" for c in trigger.rights)  # “a request to sell …”
    if told_by_verb or _are(cast.object_tokens, "officials", "posts") or _marches(trigger):
        return False
    stores = bool(words & noun_class("stores")) and bool(words & {"defence", "defense", "military", "nuclear"})
    return stores or bool(words & noun_class("weapons")) or any(weapon_models().search(noun_phrase(t).text) for t in cast.object_tokens)


def _marches(verb: Token) -> bool:
    """“sent his tanks *into* X”: they fight, nobody gets them."""
    return verb.lemma_ == "send" and any(p in ("across", "against", "into", "towards") for p, _ in obliques(verb))


def arms_arrive(passage: Passage, trigger: Token, cast: Cast) -> bool:
    """“the first shipment of rifles reached X”."""
    dealt = [t for t in cast.subject_tokens if t.base in ("consignment", "delivery", "shipment", "supply")]
    return any(noun_class("weapons") & {w.base for w in noun_phrase(t)} for t in dealt)


def arms_asked(passage: Passage, trigger: Token, cast: Cast) -> bool:
    """“asked X for tanks”."""
    wanted = [t for p, t in obliques(trigger) if p == "for"]
    return _authority(cast.agents) and any(noun_class("weapons") & {w.base for w in noun_phrase(t)} for t in wanted)


def arms_people(passage: Passage, trigger: Token, cast: Cast) -> bool:
    """“armed the rebels”: somebody arms others."""
    beside = [c.lemma_ for c in trigger.rights if c.dep_ == "conj"]
    reflexive = any(t.lower_ in _REFLEXIVE for t in cast.object_tokens)
    others = _named_people(passage, cast.object_tokens) or _are(cast.object_tokens, "parties", "doers", "victims")
    return _authority(cast.agents) and "train" not in beside and not reflexive and (others or (bool(beside) and not cast.object_tokens))


def together(passage: Passage, trigger: Token, cast: Cast) -> bool:
    """Two make it together, or one under the other's licence."""
    words = {t.lower_ for c in trigger.children for t in c.subtree}
    joint = trigger.lemma_.startswith("co") or not words.isdisjoint({"jointly", "together", "joint", "licence", "license"})
    return bool(cast.participants) and joint


def doer_or_party(passage: Passage, trigger: Token, cast: Cast) -> bool:
    """Somebody named, people by what they are, or “both sides”."""
    freed = is_passive(trigger) and _are(cast.object_tokens, "held")  # “the hostages were freed”
    return freed or doer(passage, trigger, cast) or _are(cast.subject_tokens, "parties", "officials")


def party_near(passage: Passage, trigger: Token, cast: Cast) -> bool:
    """Somebody named takes part, or is named in the sentence that tells of “the prisoner swap”."""
    here = bool(passage.mentions_in(trigger.sent.start, trigger.sent.end))
    return bool(cast.participants) or (here and _are(noun_phrase(trigger), "captives"))


def sides(passage: Passage, trigger: Token, cast: Cast) -> bool:
    """Sides and governments do it that are not named, or nobody is named."""
    return not cast.agents and (_are(cast.subject_tokens, "parties") or (is_passive(trigger) and not cast.participants))


def bases(passage: Passage, trigger: Token, cast: Cast) -> bool:
    """It is bases, ports or airspace that may be used."""
    words = [t for noun in cast.object_tokens for t in noun.subtree] + [t for _, t in obliques(trigger)]
    return bool(cast.participants) and _are(words, "bases")


def sent_home(passage: Passage, trigger: Token, cast: Cast) -> bool:
    """“three agents were sent home”, where something is given for it or they were held."""
    home = any(c.lower_ in ("home", "back") for c in trigger.rights)
    words = {t.base for t in trigger.subtree}
    return (
        home
        and _are(cast.object_tokens, "captives", "spies")
        and not words.isdisjoint({"exchange", "return", "release", "swap", "custody"})
    )


def _holds_office(passage: Passage, token: Token) -> bool:
    """A person by name who holds an office, in this text or in the tables."""
    holders = {office.person for office in passage.offices}
    return any(e.type == "Person" and (e in holders or load_reference().offices_of(e.id)) for e in passage.entities_at(token))


def _is_official(passage: Passage, token: Token) -> bool:
    """One of office who is no resident envoy, or a person by name; a message goes to a person, too (“sent X a letter”)."""
    by_word = _are([token], "officials") and not _are([token], "envoys")
    return by_word or (token.dep_ != "dative" and token.pos_ != "PRON" and any(e.type == "Person" for e in passage.entities_at(token)))


# Helpers --------------------------------------------------------------------------------------


def _are(tokens: Iterable[Token], *names: str) -> bool:
    """Is one of the nouns of one of the classes?"""
    known = frozenset().union(*(noun_class(name) for name in names))
    return any(not known.isdisjoint({t.base, t.lower_, t.lower_.removesuffix("s")}) for t in tokens)


def _body(entities: Iterable[Entity]) -> bool:
    return any(e.type == "Organisation" for e in entities)


def _dates(passage: Passage, token: Token) -> bool:
    return token.ent_type_ == "DATE" or bool(passage.dates_in(token.idx, token.idx + len(token)))


def _authority(entities: Iterable[Entity]) -> bool:
    return any(e.type in _AGENCIES for e in entities)


def _named_people(passage: Passage, tokens: Iterable[Token]) -> bool:
    return any(e.type in ("Group", "Organisation", "Person", "State") for t in tokens for e in passage.entities_at(t))


def _people(passage: Passage, tokens: Iterable[Token]) -> bool:
    """Somebody named or of office; what is coordinated or put beside it counts too."""
    found = list(tokens)
    found += [c for t in found for c in t.children if c.dep_ == "appos"]
    named = any(e.type == "Person" for t in found for e in passage.entities_at(t))
    return named or _are(found, "officials")


def _goes_on(noun: Token) -> bool:
    """“the conference, which sat from May to July”: the clause tells it."""
    return any(child.dep_ == "relcl" and child.lemma_ in noun_class("happening") | {"meet", "open", "sit"} for child in noun.rights)


def _is_talks(token: Token) -> bool:
    words = {token.base, token.lower_}
    of = {t.base for p, t in obliques(token) if p == "of"} if token.base in ("round", "series") else set()
    if token.base == "congress" and not any(p == "of" for p, _ in obliques(token)):
        return False
    return not (words | of).isdisjoint(noun_class("conferences")) and not any(c.base in noun_class("not_talks") for c in token.lefts)


TALKS: dict[str, Callable[[Passage, Token, Cast], bool]] = {
    "agreed": agreed,
    "arms-arrive": arms_arrive,
    "arms-asked": arms_asked,
    "arms-people": arms_people,
    "at-talks": at_talks,
    "authority": authority,
    "bare-plan": bare_plan,
    "bases": bases,
    "binds-itself": binds_itself,
    "by-phone": by_phone,
    "destined": destined,
    "doer-or-party": doer_or_party,
    "gathered": gathered,
    "guest": guest,
    "in-force": in_force,
    "in-letter": in_letter,
    "makes-peace": makes_peace,
    "mediated": mediated,
    "meets-somebody": meets_somebody,
    "named-conference": named_conference,
    "not-agreed": not_agreed,
    "not-relative": not_relative,
    "of-missions": of_missions,
    "of-talks-noun": of_talks_noun,
    "officials-journey": officials_journey,
    "party": party,
    "party-near": party_near,
    "party-or-passive": party_or_passive,
    "peace-made": peace_made,
    "rang": rang,
    "received-guest": received_guest,
    "sent-home": sent_home,
    "sent-official": sent_official,
    "sides": sides,
    "talks-subject": talks_subject,
    "talks-told": talks_told,
    "to-treaty": to_treaty,
    "together": together,
    "traveller": traveller,
    "treaty-act": treaty_act,
    "treaty-subject": treaty_subject,
    "treaty-told": treaty_told,
    "voided": voided,
    "weaponry": weaponry,
}
