"""Each rule has a sentence that it must read and one that it must leave alone; half of them about states that do not exist.

Braces mark who is named: ``{France}`` a state, ``{p:Ilan Voss}`` a person, ``{o:NATO}`` an organisation,
``{French=France}`` an adjective and its state, ``{he=Ilan Voss}`` a pronoun.
"""

import re
import tomllib
from dataclasses import dataclass

import pytest
from spacy.language import Language

from graph.records import Entity, Phrase, Stance
from loaders.passages import Mention, Passage
from loaders.stances.lexicon import LEXICON
from loaders.stances.reading import read_stances
from loaders.texts.documents import Document, Paragraph
from loaders.texts.language import load_language, parse
from loaders.texts.sources import Source
from ontology.identifiers import entity_iri
from ontology.kinds import ACTS, POLARITIES

_MARKED = re.compile(r"\{(?:(?P<kind>[po]):)?(?P<words>[^{}=]+)(?:=(?P<label>[^{}]+))?\}")
_TYPES = {"p": "Person", "o": "Organisation", None: "State"}
_PRONOUNS = {"he", "his", "him", "she", "her", "it", "its"}


@pytest.fixture(scope="module")
def language() -> Language:
    return load_language()


@dataclass(frozen=True)
class _Said:
    start: int
    end: int
    label: str
    kind: str
    how: str


def _passage(marked: str, language: Language) -> Passage:
    """A paragraph of an invented source, its actors as the braces name them."""
    text, said = _without_braces(marked)
    [doc] = parse([text], language)
    mentions = []
    for name in said:
        span = doc.char_span(name.start, name.end)
        assert span is not None, f"“{text[name.start : name.end]}” is not made of whole words"
        mentions.append(Mention(span.start, span.end, Entity(entity_iri(name.label), name.label, name.kind), name.how))
    source = Source(id="invented", place="invented.txt", title="Invented", kind="news")
    paragraph = Paragraph(text, tuple(range(len(text))))
    return Passage(Document(source, text, (paragraph,)), paragraph, doc, (), tuple(mentions))


def _without_braces(marked: str) -> tuple[str, list[_Said]]:
    text, said, place = "", [], 0
    for found in _MARKED.finditer(marked):
        text += marked[place : found.start()]
        words, label = found["words"], found["label"]
        how = "pronoun" if words.lower() in _PRONOUNS else "adjective" if label else "name"
        kind = "Person" if how == "pronoun" and words.lower() not in ("it", "its") else _TYPES[found["kind"]]
        said.append(_Said(len(text), len(text) + len(words), label or words, kind, how))
        text += words
        place = found.end()
    return text + marked[place:], said


def _told(stance: Stance) -> tuple[str, str, str, str]:
    return stance.holder.label, stance.polarity, stance.act, stance.target.label


def _by_rule(rule: str, marked: str, language: Language) -> list[Stance]:
    return [s for s in read_stances(_passage(marked, language)) if s.rule == f"stance-{rule}"]


READS = [
    ("claim-misdeed", "{Ghana} says {Togo} has armed the rebels.", "Ghana", "oppose", "accuse", "Togo"),
    ("claim-blame", "{Ghana} declared {Togo} in breach of the treaty.", "Ghana", "oppose", "accuse", "Togo"),
    ("judge-as", "{p:Ilan Voss} called the raid shameful.", "Ilan Voss", "oppose", "condemn", "raid"),
    ("condemn", "{Arvonia} stopped short of condemning {Belmark}.", "Arvonia", "neutral", "decline", "Belmark"),
    ("reject-phrase", "{Arvonia} reneged on the truce.", "Arvonia", "oppose", "reject", "truce"),
    ("deny-request", "{Malta} denied the request for asylum.", "Malta", "oppose", "reject", "request for asylum"),
    ("will", "{Arvonia} said that {it=Arvonia} would seize the ships.", "Arvonia", "oppose", "warn", "seizing the ships"),
    ("noun-protest", "{Norway} lodged a complaint with {Belmark} over the arrests.", "Norway", "oppose", "condemn", "arrests"),
    ("judge-as", "{p:Ilan Voss} spoke of {Corsava} as a reliable friend.", "Ilan Voss", "support", "praise", "Corsava"),
    ("warn", "The verdict, {p:Mara Teller} warned, would ruin the treaty.", "Mara Teller", "oppose", "warn", "verdict ruining the treaty"),
    ("should", "{p:Ilan Voss} said that {Belmark} had to be taught a lesson.", "Ilan Voss", "oppose", "demand", "Belmark"),
    ("noun-sympathy", "{Cuba} left the league out of solidarity with {Chile}.", "Cuba", "support", "state", "Chile"),
    ("protest-alone", "{Peru} closed the strait, and {Chile} protested.", "Chile", "oppose", "condemn", "Peru closing the strait"),
    ("charge-with", "{Ghana} charged {Togo} with harbouring rebels.", "Ghana", "oppose", "accuse", "Togo"),
    ("hold-responsible", "{Belmark} held {Corsava} responsible for the raid.", "Belmark", "oppose", "accuse", "Corsava"),
    ("allege", "{Oman} left the talks with {Yemen}, alleging fraud.", "Oman", "oppose", "accuse", "Yemen"),
    ("accept", "{Laos} accepted the new frontier.", "Laos", "support", "endorse", "new frontier"),
    ("comply", "{Malta} honoured the treaty.", "Malta", "support", "endorse", "treaty"),
    ("recognise-as", "{Belmark} recognised {p:Ilan Voss} as the lawful ruler.", "Belmark", "support", "endorse", "Ilan Voss"),
    ("cast-off", "{Corsava} tore up the treaty.", "Corsava", "oppose", "reject", "treaty"),
    ("pull-out", "{Arvonia} pulled out of the negotiations.", "Arvonia", "oppose", "reject", "negotiations"),
    ("not-stand-for", "{Norway} will not put up with the blockade.", "Norway", "oppose", "reject", "blockade"),
    ("not-accept", "{Togo} cannot accept the partition.", "Togo", "oppose", "reject", "partition"),
    ("lay-claim", "{Belmark} claims the peninsula.", "Belmark", "support", "demand", "peninsula"),
    ("put-forward", "{Oman} put forward a peace plan.", "Oman", "support", "request", "peace plan"),
    ("warn-phrase", "{Chad} sounded the alarm over the drought.", "Chad", "oppose", "warn", "drought"),
    ("encouraged", "Encouraged by {Belmark}, {Corsava} joined the pact.", "Belmark", "support", "endorse", "joining the pact"),
    ("vote-no", "The council passed the motion, but {Togo} voted against.", "Togo", "oppose", "reject", "motion"),
    ("vote-yes", "Of the draft on {Chad}, {Peru} voted yes.", "Peru", "support", "endorse", "draft on Chad"),
    ("expel-envoy", "{Chile} expelled two {Belmarkian=Belmark} diplomats.", "Chile", "oppose", "condemn", "Belmark"),
    ("recall-envoy", "{Kenya} recalled its ambassador from {Corsava}.", "Kenya", "oppose", "condemn", "Corsava"),
    ("expel-member", "The {o:Arctic League} suspended the delegation.", "Arctic League", "oppose", "condemn", "delegation"),
    ("sanction", "{Canada} sanctioned {Arvonia}.", "Canada", "oppose", "condemn", "Arvonia"),
    ("impose", "{Canada} imposed sanctions on {Arvonia}.", "Canada", "oppose", "condemn", "Arvonia"),
    ("join-line", "{Cyprus} did not join the boycott of the games.", "Cyprus", "neutral", "decline", "boycott of the games"),
    ("take-note", "{Nepal} took note of the request.", "Nepal", "neutral", "state", "request"),
    ("stay-out", "{Oman} stayed out of the quarrel.", "Oman", "neutral", "decline", "quarrel"),
    ("compare", "{p:Ilan Voss} compared {p:Mara Teller} to a tyrant.", "Ilan Voss", "oppose", "condemn", "Mara Teller"),
    ("noun-regret", "{Spain} voiced regret for the massacre.", "Spain", "oppose", "state", "massacre"),
    ("apologise", "{p:Ilan Voss} apologised to the widows for the raid.", "Ilan Voss", "oppose", "apologise", "raid"),
    ("decline", "{Belmark} declined to hand over the ship.", "Belmark", "oppose", "reject", "handing over the ship"),
    ("with-feeling", "{Japan} greeted the verdict with dismay.", "Japan", "oppose", "state", "verdict"),
    ("with-feeling", "{Brazil} noted with satisfaction the growth of trade.", "Brazil", "support", "praise", "growth of trade"),
    ("will", "{Arvonia} announced that {it=Arvonia} would leave the valley.", "Arvonia", "support", "promise", "leaving the valley"),
    ("never-did", "{Corsava} insists that {it=Corsava} never bombed the dam.", "Corsava", "oppose", "deny", "bombing the dam"),
    ("there-is-no", "{p:Mara Teller} said that there would be no war.", "Mara Teller", "oppose", "promise", "war"),
    ("should", "{Peru} said that the garrison had to leave the town.", "Peru", "support", "demand", "garrison leaving the town"),
    ("request", "As {Norway} had proposed, the delegates met in May.", "Norway", "support", "request", "delegates meeting in May"),
    ("threaten", "{Corsava} threatened this summer to close the strait.", "Corsava", "oppose", "warn", "closing the strait"),
    ("reject-phrase", "{Belmark} ruled out sending troops.", "Belmark", "oppose", "reject", "sending troops"),
    ("noun-condemnation", "Condemnation by {Spain} followed the coup.", "Spain", "oppose", "condemn", "coup"),
    ("praise", "{Chile} praised the ceasefire in Colombia.", "Chile", "support", "praise", "ceasefire in Colombia"),
    ("praise-phrase", "{p:Ilan Voss} paid tribute to the peace envoys.", "Ilan Voss", "support", "praise", "peace envoys"),
    ("absolve", "The inquiry ended and {Corsava} exonerated {Belmark}.", "Corsava", "support", "state", "Belmark"),
    ("condemn", "{Norway} condemned the shelling of Aleppo.", "Norway", "oppose", "condemn", "shelling of Aleppo"),
    ("condemn", "{p:Ilan Voss} criticised {Belmark} over the arrests.", "Ilan Voss", "oppose", "condemn", "Belmark"),
    ("condemn", "The annexation was denounced by {Peru}.", "Peru", "oppose", "condemn", "annexation"),
    ("condemn", "{Sweden} refused to condemn the coup.", "Sweden", "neutral", "decline", "coup"),
    ("condemn", "{Austria} did not criticise the raid.", "Austria", "neutral", "decline", "raid"),
    ("condemn-phrase", "{p:Ilan Voss} spoke out against the blockade.", "Ilan Voss", "oppose", "condemn", "blockade"),
    ("protest", "{Poland} protested the rearmament of the Rhineland.", "Poland", "oppose", "condemn", "rearmament of the Rhineland"),
    ("accuse", "{Ghana} accused {Togo} of harbouring rebels.", "Ghana", "oppose", "accuse", "Togo"),
    ("accuse-phrase", "{Arvonia} pointed the finger at {Belmark}.", "Arvonia", "oppose", "accuse", "Belmark"),
    ("support", "{Brazil} backed the peace plan.", "Brazil", "support", "endorse", "peace plan"),
    ("support", "{Jordan} did not support the embargo.", "Jordan", "oppose", "reject", "embargo"),
    ("agree-on", "{Peru} and its guests agreed on the need for calm.", "Peru", "support", "state", "calm"),
    ("support-phrase", "In the dispute {Cuba} sided with {Angola}.", "Cuba", "support", "endorse", "Angola"),
    ("approve", "{p:Ilan Voss} seconded the motion.", "Ilan Voss", "support", "endorse", "motion"),
    ("endorse", "{p:Ilan Voss} endorsed {p:Mara Teller}.", "Ilan Voss", "support", "endorse", "Mara Teller"),
    ("adopt", "The {o:League of Nations} adopted the resolution.", "League of Nations", "support", "endorse", "resolution"),
    ("recognise", "In May {Belmark} recognised {Corsava}.", "Belmark", "support", "endorse", "Corsava"),
    ("recognise", "{Spain} does not recognise {Kosovo}.", "Spain", "oppose", "reject", "Kosovo"),
    ("oppose", "{Canada} opposed the invasion of Iraq.", "Canada", "oppose", "state", "invasion of Iraq"),
    ("oppose-phrase", "{Hungary} objected to the new quotas.", "Hungary", "oppose", "state", "new quotas"),
    ("reject", "The offer was rejected by {Laos}.", "Laos", "oppose", "reject", "offer"),
    ("block", "{Cyprus} blocked the draft declaration.", "Cyprus", "oppose", "reject", "draft declaration"),
    ("reject-phrase", "{Belmark} turned down the invitation.", "Belmark", "oppose", "reject", "invitation"),
    ("ignore", "{Arvonia} ignored the appeals of the mediators.", "Arvonia", "oppose", "decline", "appeals of the mediators"),
    ("not-accept", "{Greece} said that {it=Greece} would not accept the border.", "Greece", "oppose", "reject", "border"),
    ("reject", "The {US=United States} rejected the calls for a truce.", "United States", "oppose", "reject", "calls for a truce"),
    ("deny", "{Iran} denied the reports.", "Iran", "oppose", "deny", "reports"),
    ("demand", "{Egypt} urged {Sudan} to release the hostages.", "Egypt", "support", "demand", "Sudan releasing the hostages"),
    ("demand", "{Japan} urged {Arvonia} to stop the whaling.", "Japan", "oppose", "demand", "whaling"),
    ("demand", "{Mali} demanded that the garrison leave the town.", "Mali", "support", "demand", "garrison leaving the town"),
    ("press", "{Arvonia} pressed {Belmark} to reopen the canal.", "Arvonia", "support", "demand", "Belmark reopening the canal"),
    ("demand-phrase", "{Kenya} called for an end to the fighting.", "Kenya", "oppose", "demand", "fighting"),
    ("insist", "{Belmark} insisted that the troops leave the island.", "Belmark", "support", "demand", "troops leaving the island"),
    ("request", "{Italy} proposed a joint commission.", "Italy", "support", "request", "joint commission"),
    ("request", "{Arvonia} proposed postponing the summit.", "Arvonia", "support", "request", "postponing the summit"),
    ("persuade", "{p:Mara Teller} asked {Corsava} to mediate.", "Mara Teller", "support", "request", "Corsava mediating"),
    ("request-phrase", "{Qatar} called on both sides to accept the truce.", "Qatar", "support", "request", "sides accepting the truce"),
    ("tell-to", "{p:Ilan Voss} told {Belmark} to open the archives.", "Ilan Voss", "support", "request", "Belmark opening the archives"),
    ("seek", "From the beginning, {Finland} sought a ceasefire.", "Finland", "support", "request", "ceasefire"),
    ("try", "{Corsava} tried to prevent the partition of Belmark.", "Corsava", "oppose", "state", "partition of Belmark"),
    ("agree-to", "{Oman} agreed to maintain the dialogue.", "Oman", "support", "promise", "dialogue"),
    ("want", "{Arvonia} wanted to preserve good relations with {Belmark}.", "Arvonia", "support", "state", "good relations with Belmark"),
    ("want-phrase", "{p:Ilan Voss} looked forward to closer cooperation.", "Ilan Voss", "support", "state", "closer cooperation"),
    ("warn", "{Turkey} warned against a new offensive.", "Turkey", "oppose", "warn", "new offensive"),
    ("threaten", "{Corsava} threatened to close the strait.", "Corsava", "oppose", "warn", "closing the strait"),
    ("worry", "{France} feared a war in the Balkans.", "France", "oppose", "state", "war in the Balkans"),
    ("promise", "{Belmark} pledged to prevent the smuggling of arms.", "Belmark", "oppose", "promise", "smuggling of arms"),
    ("promise", "{Belmark} vowed to avenge the raid.", "Belmark", "oppose", "promise", "avenging the raid"),
    ("commit", "{Arvonia} committed itself to the reunification.", "Arvonia", "support", "promise", "reunification"),
    ("refuse", "{Serbia} refused to impose sanctions.", "Serbia", "oppose", "reject", "imposing sanctions"),
    ("will-not", "{Peru} said {it=Peru} would not extend the deadline.", "Peru", "oppose", "reject", "extending the deadline"),
    ("decline", "{Belmark} declined to attribute the attack.", "Belmark", "neutral", "decline", "attributing the attack"),
    ("thank", "{p:Mara Teller} thanked {Norway} for its mediation.", "Mara Teller", "support", "thank", "Norway"),
    ("apologise", "{Arvonia} apologised to {Belmark}.", "Arvonia", "support", "apologise", "Belmark"),
    ("displease", "The verdict angered {Mexico}.", "Mexico", "oppose", "state", "verdict"),
    ("please", "The treaty delighted {Corsava}.", "Corsava", "support", "state", "treaty"),
    ("vote-for", "{Nepal} voted for the amendment.", "Nepal", "support", "endorse", "amendment"),
    ("vote-for", "{Nepal} voted for a resolution condemning {Belmark}.", "Nepal", "oppose", "condemn", "Belmark"),
    ("vote-against", "{Arvonia} voted against the motion.", "Arvonia", "oppose", "reject", "motion"),
    ("abstain-there", "Of the draft on {Peru}, {India} approved and {Chad} abstained.", "Chad", "neutral", "decline", "draft on Peru"),
    ("abstain", "{India} abstained on the draft resolution.", "India", "neutral", "decline", "draft resolution"),
    ("abstain-from", "{Chad} abstained from the vote.", "Chad", "neutral", "decline", "vote"),
    ("stand-by", "{Peru} stood by {Chile}.", "Peru", "support", "endorse", "Chile"),
    ("skip-vote", "{Belmark} skipped the vote on the embargo.", "Belmark", "neutral", "decline", "embargo"),
    ("summon", "{Arvonia} summoned the ambassador of {Corsava}.", "Arvonia", "oppose", "condemn", "Corsava"),
    ("noun-support", "{p:Ilan Voss} expressed support for {Corsava}.", "Ilan Voss", "support", "endorse", "Corsava"),
    ("noun-sympathy", "{Ireland} voiced solidarity with {Palestine}.", "Ireland", "support", "state", "Palestine"),
    ("noun-praise", "{p:Mara Teller} voiced her admiration for the negotiators.", "Mara Teller", "support", "praise", "negotiators"),
    ("noun-thanks", "{Belmark} expressed its gratitude to {Norway}.", "Belmark", "support", "thank", "Norway"),
    ("noun-promise", "{Germany} reaffirmed its commitment to the alliance.", "Germany", "support", "promise", "alliance"),
    ("noun-wish", "{Corsava} voiced its hope for the talks.", "Corsava", "support", "state", "talks"),
    ("noun-readiness", "{Corsava} voiced its readiness to resume the talks.", "Corsava", "support", "state", "talks"),
    ("noun-effort", "{Arvonian=Arvonia} efforts to prevent the war came too late.", "Arvonia", "oppose", "state", "war"),
    ("noun-opposition", "{French=France}  opposition to the treaty grew.", "France", "oppose", "state", "treaty"),
    ("noun-opposition-ended", "{p:Ilan Voss} reversed his opposition to the union.", "Ilan Voss", "support", "state", "union"),
    ("noun-rejection", "{Syria}'s rejection of the plan was final.", "Syria", "oppose", "reject", "plan"),
    ("noun-refusal", "{Belmark}'s refusal to release the ship caused a stir.", "Belmark", "oppose", "reject", "releasing the ship"),
    ("noun-condemnation", "The raid drew criticism from {Spain}.", "Spain", "oppose", "condemn", "raid"),
    ("noun-protest", "{Chad} recalled its envoy in protest against the raid.", "Chad", "oppose", "condemn", "raid"),
    ("noun-accusation", "{Belmark}'s accusations against {Corsava} were repeated.", "Belmark", "oppose", "accuse", "Corsava"),
    ("noun-anger", "{Iran} voiced concern over the violation of the truce.", "Iran", "oppose", "state", "violation of the truce"),
    ("noun-warning", "{Arvonia} issued a warning against the launch.", "Arvonia", "oppose", "warn", "launch"),
    ("noun-demand", "{Corsava} repeated its demand for reparations.", "Corsava", "support", "demand", "reparations"),
    ("noun-request", "{Belmark}'s request for asylum papers was denied.", "Belmark", "support", "request", "asylum papers"),
    ("noun-apology", "{Arvonia} offered an apology to {Belmark}.", "Arvonia", "support", "apologise", "Belmark"),
    ("noun-denial", "{Corsava} issued a denial of the report.", "Corsava", "oppose", "deny", "report"),
    ("noun-neutrality", "{Belmark} declared its neutrality in the war.", "Belmark", "neutral", "decline", "war"),
    ("seek-support", "{p:Ilan Voss} sought support for the expedition.", "Ilan Voss", "support", "request", "expedition"),
    ("state-for", "{Malta} was grateful for the help.", "Malta", "support", "state", "help"),
    ("state-committed", "{Arvonia} remained committed to the truce.", "Arvonia", "support", "promise", "truce"),
    ("state-against", "{Turkey} is opposed to the plan.", "Turkey", "oppose", "state", "plan"),
    ("state-unwilling", "{Corsava} was unwilling to leave the island.", "Corsava", "oppose", "reject", "leaving the island"),
    ("ignore", "{Corsava} defied the order of the court.", "Corsava", "oppose", "decline", "order of the court"),
    ("state-willing", "{Belmark} was ready to negotiate with the rebels.", "Belmark", "support", "state", "negotiating with the rebels"),
    ("state-neutral", "{Switzerland} remained neutral on the question of the islands.", "Switzerland", "neutral", "decline", "islands"),
    ("line-neutral", "{Arvonia} took a neutral stance on the annexation.", "Arvonia", "neutral", "decline", "annexation"),
    ("line-for", "{p:Ilan Voss} adopted a pro-Western policy.", "Ilan Voss", "support", "endorse", "Western"),
    ("line-against", "{Corsava} pursued an anti-Soviet policy.", "Corsava", "oppose", "state", "Soviet"),
    ("line-friendly", "{Belmark} took a conciliatory line on the debts.", "Belmark", "support", "state", "debts"),
    ("line-hostile", "{Arvonia} adopted a tough stance on the islands.", "Arvonia", "oppose", "state", "islands"),
    ("supporter-of", "{p:Mara Teller} was an advocate of the union.", "Mara Teller", "support", "endorse", "union"),
    ("critic-of", "{p:Ilan Voss} had been a vocal critic of the accords.", "Ilan Voss", "oppose", "state", "accords"),
    ("judge-as", "{p:Mara Teller} described {Belmark} as “a true friend”.", "Mara Teller", "support", "praise", "Belmark"),
    ("judge-as", "{p:Ilan Voss} called the raid unforgivable.", "Ilan Voss", "oppose", "condemn", "raid"),
    ("judge-said", "{Cuba} said that the blockade was illegal.", "Cuba", "oppose", "condemn", "blockade"),
    ("judge-noted", "{p:Mara Teller} stressed the importance of the treaty.", "Mara Teller", "support", "state", "treaty"),
    ("should", "{Corsava} said that the troops should leave the valley.", "Corsava", "support", "demand", "troops leaving the valley"),
    ("claim-misdeed", "{Arvonia} claimed that {Belmark} violated the truce.", "Arvonia", "oppose", "accuse", "Belmark"),
    ("fall-out", "{Peru} fell out with {Belmark} over the mine.", "Peru", "oppose", "state", "Belmark"),
    ("distance", "{Norway} distanced itself from the plan.", "Norway", "oppose", "state", "plan"),
    ("doubt", "{Ghana} questioned the figures of the census.", "Ghana", "oppose", "state", "figures of the census"),
    ("doubt-phrase", "{Malta} cast doubt on the inquiry.", "Malta", "oppose", "state", "inquiry"),
    ("contest-ruling", "{Chile} challenged the ruling.", "Chile", "oppose", "reject", "ruling"),
    ("give-in", "{Togo} gave in to the demands of the miners.", "Togo", "support", "endorse", "demands of the miners"),
    ("vote-to", "The {o:Arvonian Diet} voted to suspend the treaty.", "Arvonian Diet", "oppose", "reject", "treaty"),
    ("hint", "{Corsava} hinted at a boycott of the fair.", "Corsava", "oppose", "warn", "boycott of the fair"),
    ("state-sorry", "{Belmark} was sorry for the wreck.", "Belmark", "oppose", "apologise", "wreck"),
    ("credit", "{p:Mara Teller} credited {Nepal} with the rescue.", "Mara Teller", "support", "praise", "Nepal"),
    ("reserve-right", "{Arvonia} reserved the right to retaliate.", "Arvonia", "oppose", "warn", "right to retaliate"),
    ("condition", "{Kenya} would not sign until {Corsava} freed the pilots.", "Kenya", "support", "demand", "Corsava freeing the pilots"),
    ("condition", "{Peru} will sell the port only if {Belmark} lifts the tax.", "Peru", "oppose", "demand", "tax"),
    ("claim-blame", "{Ghana} said that {Belmark} was behind the theft.", "Ghana", "oppose", "accuse", "Belmark"),
    ("judge-as", "{p:Ilan Voss} called the truce a historic mistake.", "Ilan Voss", "oppose", "condemn", "truce"),
    ("judge-as", "{Nepal} found {Arvonia} responsible for the flood.", "Nepal", "oppose", "accuse", "Arvonia"),
    ("judge-as", "{Peru} saw the visit as an attempt to divide the clans.", "Peru", "oppose", "condemn", "visit"),
    ("judge-said", "According to {Chad}, the raid was a blatant breach of the truce.", "Chad", "oppose", "condemn", "raid"),
    ("promise", "{Canada} promised new elections.", "Canada", "support", "promise", "new elections"),
    ("noun-support", "The plan won the backing of {Spain}.", "Spain", "support", "endorse", "plan"),
    ("noun-anger", "To the dismay of {Peru}, the court closed the case.", "Peru", "oppose", "state", "court closing the case"),
    ("recognise", "Neither {Cuba} nor the bank recognised {Arvonia}.", "Cuba", "oppose", "reject", "Arvonia"),
]  # fmt: skip

LEAVES = [
    ("claim-misdeed", "{Ghana} said that it had bombed the depot."),
    ("claim-misdeed", "Police in {Ghana} said that gunmen had killed six people."),
    ("protest-alone", "{Peru} closed the strait, and {Chile} protested against the tariffs."),
    ("charge-with", "{Ghana} charged {Togo} a fee."),
    ("hold-responsible", "{Belmark} held the fortress."),
    ("allege", "{Oman} alleged that the road was closed."),
    ("accept", "{Laos} accepted the refugees."),
    ("comply", "{Arvonia} honoured the poet."),
    ("recognise-as", "{Belmark} recognised the tune."),
    ("cast-off", "{Corsava} scrapped the tanks."),
    ("pull-out", "{Arvonia} withdrew from the valley."),
    ("not-stand-for", "{Norway} put up with the delay."),
    ("lay-claim", "{Belmark} claims that the ship sank."),
    ("put-forward", "{Oman} put forward three clocks."),
    ("warn-phrase", "{Chad} raised the price."),
    ("encouraged", "{Corsava} was encouraged by {Belmark}."),
    ("vote-no", "{Togo} voted in May."),
    ("vote-yes", "{Peru} voted early."),
    ("expel-envoy", "{Chile} expelled two students."),
    ("recall-envoy", "{Kenya} recalled the summer."),
    ("expel-member", "The {o:Arctic League} suspended the sitting."),
    ("sanction", "{Canada} may sanction {Arvonia}."),
    ("impose", "{Canada} imposed a curfew."),
    ("join-line", "{Cyprus} joined the union."),
    ("take-note", "{Nepal} took the road."),
    ("stay-out", "{Oman} stayed in the league."),
    ("compare", "{p:Ilan Voss} compared {Belmark} to an island."),
    ("noun-regret", "The regret of {Spain} was late."),
    ("with-feeling", "{Japan} greeted the guests with flowers."),
    ("will", "{Arvonia} announced that the train would leave the valley."),
    ("never-did", "{Corsava} insists that the dam never broke."),
    ("there-is-no", "{p:Mara Teller} said that there was no war."),
    ("decline", "{Belmark} may decline to hand over the ship."),
    ("praise", "{p:Ilan Voss} welcomed {p:Mara Teller} at the airport."),
    ("noun-warning", "{Peru} is a threat to {Chile}."),
    ("block", "{Cyprus} blocked the drain."),
    ("abstain-there", "{Chad} abstained for health's sake."),
    ("will-not", "{Estonia} said that the weather would not improve."),
    ("praise", "{p:Ilan Voss} said that the guests should be welcomed."),
    ("praise-phrase", "{Belmark} paid the debts to the bank."),
    ("absolve", "{Corsava} dissolved its parliament."),
    ("condemn", "{p:Mara Teller} asked {Norway} to condemn the shelling."),
    ("condemn", "If {Norway} condemned the raid, the talks would end."),
    ("condemn", "Did {Peru} condemn the coup?"),
    ("condemn-phrase", "{Belmark} complained to the referee."),
    ("protest", "{p:Ilan Voss} protested to {p:Mara Teller}."),
    ("accuse", "{Togo} denied that {Ghana} accused anybody."),
    ("accuse-phrase", "{Arvonia} placed the wreath on the grave."),
    ("support", "{Angola} accused {Cuba} of supporting the rebels."),
    ("support", "{Cuba} supported the rebels with weapons."),
    ("agree-on", "{Peru} and {Chile} agreed on a date."),
    ("support-phrase", "{Belmark} lay side by side with its ally."),
    ("approve", "{Canada} approved 3,425 temporary visas."),
    ("endorse", "{p:Ilan Voss} may endorse the plan."),
    ("stand-by", "{Belmark} stood by the river."),
    ("abstain-from", "{p:Ilan Voss} abstained from wine."),
    ("adopt", "{Belmark} adopted the euro."),
    ("recognise", "{p:Ilan Voss} recognised the voice on the tape."),
    ("oppose", "{Canada} may oppose the invasion."),
    ("oppose-phrase", "{Hungary} fought against {Austria}."),
    ("reject", "{p:Mara Teller} dismissed {p:Ilan Voss}."),
    ("reject-phrase", "The boat of {Belmark} turned at the pier."),
    ("ignore", "{p:Ilan Voss} ignored {p:Mara Teller}."),
    ("not-accept", "{Greece} accepted the border."),
    ("deny", "{Iran} did not deny the reports."),
    ("demand", "The {o:Red Cross} found that demand was high."),
    ("press", "{Arvonia} pressed ahead."),
    ("demand-phrase", "{p:Ilan Voss} called {p:Mara Teller} from Kenya."),
    ("insist", "{Belmark} insisted that the war was over."),
    ("request", "{p:Ilan Voss} asked whether the war was over."),
    ("persuade", "{p:Mara Teller} asked {Corsava} a question."),
    ("request-phrase", "{p:Ilan Voss} turned to the window."),
    ("tell-to", "{p:Ilan Voss} told {Belmark} that the archives were open."),
    ("seek", "Many families sought refuge in {Finland}."),
    ("try", "{Corsava} tried to land on the island."),
    ("agree-to", "{Oman} agreed to sell the tanks."),
    ("want", "{Arvonia} wanted to buy missiles."),
    ("want-phrase", "{p:Ilan Voss} looked at the map."),
    ("warn", "If {Turkey} warned the crew, they would leave."),
    ("threaten", "The drought threatened {Corsava}."),
    ("worry", "{France} did not fear a war."),
    ("promise", "{Belmark} did not promise to help."),
    ("commit", "{Arvonia} committed errors."),
    ("refuse", "{Serbia} did not refuse the invitation."),
    ("decline", "Trade with {Belmark} declined in 1932."),
    ("thank", "{p:Mara Teller} said that nobody had to thank {Norway}."),
    ("apologise", "{Belmark} demanded that {Arvonia} apologise."),
    ("displease", "The verdict did not anger {Mexico}."),
    ("please", "{Corsava} was pleased to announce the date."),
    ("vote-for", "{p:Ilan Voss} said that {Nepal} could vote for the amendment."),
    ("vote-against", "{Arvonia} held a vote."),
    ("abstain", "{p:Ilan Voss} may abstain on the motion."),
    ("skip-vote", "{Belmark} skipped the opening ceremony."),
    ("summon", "{Arvonia} summoned the reservists."),
    ("noun-support", "The rebels relied on the support of {Corsava}."),
    ("noun-sympathy", "{Ireland} lost the trust."),
    ("noun-praise", "The film won praise."),
    ("noun-thanks", "Thanks to {Norway}, the talks went on."),
    ("noun-promise", "{Germany} broke the pledge."),
    ("noun-wish", "{Corsava} raised the interest rate."),
    ("noun-readiness", "{Corsava} doubted the readiness of its horses."),
    ("noun-effort", "{Arvonia} launched a mission to Mars."),
    ("noun-opposition", "The opposition in {France} won the election."),
    ("noun-opposition-ended", "{p:Ilan Voss} repeated his opposition to the union."),
    ("noun-rejection", "The rejection was final, {Syria} learned."),
    ("noun-refusal", "The refusal surprised {Belmark}."),
    ("noun-condemnation", "The raid drew no crowd in {Spain}."),
    ("noun-protest", "The protest in {Chad} was peaceful."),
    ("noun-accusation", "{Belmark} was in charge of the fleet."),
    ("noun-anger", "The concern {o:Siemens} sold turbines to {Iran}."),
    ("noun-warning", "{Arvonia} built an early warning system."),
    ("noun-demand", "Demand for oil in {Corsava} fell."),
    ("noun-request", "The request reached {Belmark} in May."),
    ("noun-apology", "An apology never came, {Arvonia} said."),
    ("noun-denial", "The denial surprised {Corsava}."),
    ("noun-neutrality", "Neutrality is a principle of law in {Belmark}."),
    ("seek-support", "{p:Ilan Voss} sought the source of the Nile."),
    ("state-for", "The coast of {Malta} was pleasant for tourists."),
    ("state-committed", "The crimes were committed in {Arvonia}."),
    ("state-against", "{Turkey} was furious."),
    ("state-unwilling", "{Corsava} was unable to leave the island."),
    ("state-willing", "{Belmark} was ready to land the troops."),
    ("state-neutral", "The neutral zone in {Switzerland} was closed."),
    ("line-neutral", "{Arvonia} took a seat on the council."),
    ("line-for", "{p:Ilan Voss} adopted a new policy."),
    ("line-against", "{Corsava} bought anti-tank missiles."),
    ("line-friendly", "{Belmark} won a friendly match."),
    ("line-hostile", "{Arvonia} adopted a new flag."),
    ("supporter-of", "{p:Mara Teller} was an advocate at the court."),
    ("critic-of", "{p:Ilan Voss} read the critics."),
    ("judge-as", "{p:Mara Teller} described {Belmark} as a kingdom."),
    ("judge-said", "{Cuba} said that the blockade was total."),
    ("judge-noted", "{p:Mara Teller} noted the date of the treaty."),
    ("should", "{Corsava} said that the troops left the valley."),
    ("claim-misdeed", "{Arvonia} claimed that {Belmark} signed the truce."),
    ("fall-out", "{Peru} fell out of the cup."),
    ("distance", "The distance from {Norway} to the pole is long."),
    ("doubt", "{p:Ilan Voss} questioned {p:Mara Teller} for an hour."),
    ("deny-request", "{Malta} denied the claim."),
    ("doubt-phrase", "{Malta} cast a statue of the king."),
    ("contest-ruling", "{Chile} challenged the champions."),
    ("give-in", "{Togo} gave way to the tide."),
    ("vote-to", "The {o:Arvonian Diet} voted on Monday."),
    ("hint", "{Corsava} hinted at the date of the fair."),
    ("state-sorry", "The sorry state of the roads in {Belmark} is known."),
    ("credit", "{p:Mara Teller} credited the account."),
    ("reserve-right", "{Arvonia} reserved a table."),
    ("condition", "{Kenya} did not fall until {Corsava} sent the fleet."),
    ("condition", "The condition of the bridge worries {Peru}."),
    ("claim-blame", "{Ghana} said that the hut was behind the church."),
    ("judge-as", "{Nepal} called the envoy on a telephone."),
    ("noun-demand", "{Ghana} received a telephone call from {Togo}."),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "sentence", "holder", "polarity", "act", "target"), READS)
def test_a_rule_reads_its_sentence(rule: str, sentence: str, holder: str, polarity: str, act: str, target: str, language: Language) -> None:
    assert [_told(s) for s in _by_rule(rule, sentence, language)] == [(holder, polarity, act, target)]


@pytest.mark.parametrize(("rule", "sentence"), LEAVES)
def test_a_rule_leaves_its_sentence_alone(rule: str, sentence: str, language: Language) -> None:
    assert _by_rule(rule, sentence, language) == []


def test_every_rule_of_the_lexicon_has_both_sentences() -> None:
    table = tomllib.loads(LEXICON.read_text(encoding="utf-8"))
    rules = {group["rule"] for section in ("verb", "noun", "adjective") for group in table[section]}
    assert len(rules) > 70
    assert rules - {row[0] for row in READS} == set()
    assert rules - {row[0] for row in LEAVES} == set()


def test_the_lexicon_is_broad_and_uses_known_acts() -> None:
    table = tomllib.loads(LEXICON.read_text(encoding="utf-8"))
    verbs = [word for group in table["verb"] for word in group["words"]]
    assert len(set(verbs)) >= 250
    groups = [group for section in ("verb", "noun", "adjective") for group in table[section]]
    assert {group["act"] for group in groups} <= set(ACTS)
    assert {group["polarity"] for group in groups} <= set(POLARITIES)


# Several at once ----------------------------------------------------------------------------


def _all(marked: str, language: Language) -> list[tuple[str, str, str, str]]:
    return sorted(_told(s) for s in read_stances(_passage(marked, language)))


def test_coordinated_holders_take_the_side_each(language: Language) -> None:
    assert _all("{Iran}, {Cuba} and {Turkey} voted for the resolution.", language) == [
        ("Cuba", "support", "endorse", "resolution"),
        ("Iran", "support", "endorse", "resolution"),
        ("Turkey", "support", "endorse", "resolution"),
    ]


def test_a_participle_has_the_subject_of_its_clause(language: Language) -> None:
    assert _all("{Belmark} backed the truce, urging {Corsava} to withdraw from the valley.", language) == [
        ("Belmark", "support", "demand", "Corsava withdrawing from the valley"),
        ("Belmark", "support", "endorse", "truce"),
    ]


def test_a_state_reported_by_a_person_keeps_both(language: Language) -> None:
    stances = list(read_stances(_passage("{p:Ilan Voss} stated that {Corsava} opposed the sanctions.", language)))
    assert [(s.holder.label, s.reported_speaker.label if s.reported_speaker else None) for s in stances] == [("Corsava", "Ilan Voss")]


def test_a_promise_on_behalf_of_a_state_is_the_states(language: Language) -> None:
    stances = list(read_stances(_passage("{p:Mara Teller} promised that {Belmark} would never allow a blockade.", language)))
    promises = [s for s in stances if s.act == "promise"]
    assert [(_told(s), s.reported_speaker.label if s.reported_speaker else None) for s in promises] == [
        (("Belmark", "oppose", "promise", "blockade"), "Mara Teller")
    ]


def test_first_person_in_a_quotation_is_the_speaker(language: Language) -> None:
    assert _all("“I support the boycott,” {p:Ilan Voss} said.", language) == [("Ilan Voss", "support", "endorse", "boycott")]


def test_they_are_those_of_the_sentence_before(language: Language) -> None:
    assert _all("{p:Ilan Voss} and {p:Mara Teller} met. They condemned the raids.", language) == [
        ("Ilan Voss", "oppose", "condemn", "raids"),
        ("Mara Teller", "oppose", "condemn", "raids"),
    ]


def test_each_other_means_the_other(language: Language) -> None:
    assert _all("{Ghana} and {Togo} accused each other of provocations.", language) == [
        ("Ghana", "oppose", "accuse", "Togo"),
        ("Togo", "oppose", "accuse", "Ghana"),
    ]


def test_a_target_that_is_named_is_an_entity_and_a_matter_a_phrase(language: Language) -> None:
    targets = [s.target for s in read_stances(_passage("{Chile} thanked {Peru}. {Chile} praised the vaccine.", language))]
    assert targets == [Entity(entity_iri("Peru"), "Peru", "State"), Phrase("vaccine")]


def test_a_record_points_at_its_clause(language: Language) -> None:
    passage = _passage("On Monday {Norway} condemned the raid, but the markets rose.", language)
    stance = next(read_stances(passage))
    assert stance.text == "On Monday Norway condemned the raid"
    assert passage.document.raw[stance.start : stance.end] == stance.text
    assert (stance.source, stance.plover) == ("invented", "ACCUSE")
