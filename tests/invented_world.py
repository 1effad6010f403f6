"""An invented world to look at (forty entities, 120 records), a crowd, and two records between two states."""

import random
from dataclasses import replace
from itertools import pairwise

from graph.views import View, ViewNode, ViewRecord

BASE = "https://w3id.org/irkg/"

# label, type, other names
ENTITIES: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("Aldoria", "State", ("Republic of Aldoria", "Альдория", "אלדוריה")),
    ("Veskany", "State", ("Veskan Federation", "Вескания", "וסקניה")),
    ("Tirrenland", "State", ("Тирренланд",)),
    ("Ombra", "State", ("Kingdom of Ombra",)),
    ("Sarkovia", "State", ("Сарковия",)),
    ("Lower Hestia", "State", ("Hestia",)),
    ("Mirav Halden", "Person", ("Мирав Халден", "מירב הלדן", "Halden")),
    ("Oleg Vantsev", "Person", ("Олег Ванцев", "Vantsev")),
    ("Tamsin Ruel", "Person", ("Ruel",)),
    ("Ярослав Кметь", "Person", ("Yaroslav Kmet", "Kmet")),
    ("דבורה אלקן", "Person", ("Dvora Elkan", "Elkan")),
    ("Ignác Peršín", "Person", ("Ignac Persin",)),
    ("Helle Brandvik", "Person", ()),
    ("Sabra Quill", "Person", ()),
    ("Leonid Astrov", "Person", ("Леонид Астров",)),
    ("Noa Temkin", "Person", ("נועה טמקין",)),
    ("Corin Vale", "Person", ()),
    ("Pavel Druzhnik", "Person", ("Павел Дружник",)),
    ("Ines Okafor-Lind", "Person", ()),
    ("Rurik Stane", "Person", ()),
    ("Council of the Four Rivers", "Organisation", ("CFR",)),
    ("Assembly of States", "Organisation", ("the Assembly",)),
    ("Aldorian Foreign Ministry", "Organisation", ()),
    ("Veskan Foreign Ministry", "Organisation", ("Весканский МИД",)),
    ("Northern Gas Consortium", "Organisation", ()),
    ("Halcyon Aerospace", "Organisation", ()),
    ("Veskan Orthodox Mission", "Organisation", ()),
    ("World Grain Fund", "Organisation", ("WGF",)),
    ("Port Sillaby", "Place", ()),
    ("Marn Heights", "Place", ("רמות מארן",)),
    ("Kestrel Bay", "Place", ()),
    ("Old Quarter of Tam", "Place", ()),
    ("Hill Guard", "Group", ()),
    ("Free Sailors", "Group", ()),
    ("Sons of the Delta", "Group", ()),
    ("Aldorian settlers", "Group", ()),
    ("Emigrants from Veskany", "Group", ()),
    ("an unnamed envoy", "Agent", ()),
    ("two officials", "Agent", ()),
    ("The Joint Commission on Fisheries and Coastal Navigation", "Agent", ()),
)

SOURCES = (
    ("almanac", "Almanac of the Four Rivers", "Free Almanac", None),
    ("aldorian-post", "Ruel flies to Veskany", "The Aldorian Post", "aldorian"),
    ("vesti-veskany", "Ванцев принял гостей", "Вести Вескании", "veskan"),
    ("register", "Register of Arms Deals", "Institute for Quiet Studies", None),
)

EVENTS = (
    ("Meeting", "contact", "{a} met {b} for talks on the fisheries treaty"),
    ("Visit", "contact", "{a} arrived for a two-day visit to {b}"),
    ("Communication", "contact", "{a} spoke by telephone with {b}"),
    ("Agreement", "agreement", "{a} and {b} signed an agreement on visas"),
    ("Arms deal", "agreement", "{a} sold ten patrol boats to {b}"),
    ("Prisoner deal", "agreement", "{a} returned two captured sailors to {b}"),
    ("Relations severed", "diplomatic", "{a} severed diplomatic relations with {b}"),
    ("Summons", "diplomatic", "{a} summoned the ambassador of {b}"),
    ("Military action", "conflict", "an aircraft of {a} was brought down off the coast of {b}"),
    ("Sanction", "conflict", "{a} imposed a ban on the ships of {b}"),
    ("Legal action", "legal", "a court in {a} ruled against {b}"),
    ("Aid", "aid", "{a} sent grain to {b}"),
    ("Election", "domestic", "{a} held an election that {b} observed"),
    ("Migration", "society", "some 4,000 people moved from {a} to {b}"),
    ("Other", "other", "{a} and {b} marked the day together"),
)

STANCES = (
    ("praise", "support", "{a} praised {b} for its patience"),
    ("endorse", "support", "{a} endorsed the plan of {b}"),
    ("condemn", "oppose", "{a} condemned {b}"),
    ("accuse", "oppose", "{a} accused {b} of breaking the truce"),
    ("demand", "oppose", "{a} demanded an apology from {b}"),
    ("state", "neutral", "{a} said that talks with {b} would go on"),
)


def iri(label: str) -> str:
    return BASE + "entity/" + "-".join(label.lower().split())


def make_nodes() -> list[ViewNode]:
    return [ViewNode(id=iri(label), label=label, type=kind, names=names) for label, kind, names in ENTITIES]


def make_records(nodes: list[ViewNode], count: int) -> list[ViewRecord]:
    chance = random.Random(4)
    weights = [1 / (1 + place) for place in range(len(nodes))]
    records = []
    for number in range(count):
        a, b = _pair(chance, nodes, weights)
        said = chance.random() < 0.35
        kind, family, words = chance.choice(STANCES if said else EVENTS)
        text = words.format(a=a.label, b=b.label)
        year = chance.choice((1948, 1953, 1967, 1967, 1973, 1991, *range(1995, 2025)))
        date, earliest, latest = _dates(chance, year)
        source = chance.choice(SOURCES)
        start = chance.randrange(200, 90_000)
        records.append(
            ViewRecord(
                id=f"{BASE}record/{number:05}",
                record="stance" if said else "event",
                kind=kind,
                family=family,
                date=date,
                earliest=earliest,
                latest=latest,
                realis=None if said else chance.choice(("actual",) * 6 + ("reported", "planned", "refused", "denied")),
                nodes=(a.id, b.id),
                text=text,
                prefix="After weeks of silence between the capitals, ",
                suffix=", according to the harbour chronicle of that season.",
                source_id=source[0],
                source_title=source[1],
                publisher=source[2],
                perspective=source[3],
                start=start,
                end=start + len(text),
                speaker=a.label if said else None,
                rule=f"{family}-verb",
                detail=(("item", "patrol boats"), ("quantity", "10")) if kind == "Arms deal" else (),
            )
        )
    return records


def _pair(chance: random.Random, nodes: list[ViewNode], weights: list[float]) -> tuple[ViewNode, ViewNode]:
    a = chance.choices(nodes, weights)[0]
    b = a
    while b is a:
        b = chance.choices(nodes, weights)[0] if chance.random() < 0.7 else chance.choice(nodes)
    return a, b


def _dates(chance: random.Random, year: int) -> tuple[str | None, str | None, str | None]:
    month, day = chance.randrange(1, 13), chance.randrange(1, 29)
    return chance.choice(
        (
            (f"{year}-{month:02}-{day:02}",) * 3,
            (f"{year}-{month:02}-{day:02}",) * 3,
            (f"{year}-{month:02}", f"{year}-{month:02}-01", f"{year}-{month:02}-28"),
            (f"{year}~", f"{year}-01-01", f"{year}-12-31"),
            (f"{year}/{year + 2}", f"{year}-01-01", f"{year + 2}-12-31"),
            (None, None, None) if chance.random() < 0.3 else (str(year), f"{year}-01-01", f"{year}-12-31"),
        )
    )


def make_crowd(count: int) -> tuple[list[ViewNode], list[ViewRecord]]:
    """A large invented network: a few hubs, many on the rim."""
    kinds = ("Person", "Person", "Organisation", "Place", "Group", "State")
    nodes = [
        ViewNode(id=f"{BASE}entity/crowd-{number:05}", label=f"Member {number}", type=kinds[number % len(kinds)]) for number in range(count)
    ]
    records = make_records(nodes, count)
    chain = [
        replace(records[number], id=f"{BASE}record/chain-{number:05}", nodes=(a.id, nodes[number // 7].id if number > 7 else b.id))
        for number, (a, b) in enumerate(pairwise(nodes))
    ]
    return nodes, records + chain


PAIR = [
    ViewNode("https://example.org/aldoria", "Aldoria", "State", ("Альдория",)),
    ViewNode("https://example.org/veskany", "Veskany", "State", ("Вескания", "וסקניה")),
]
TREATY = ViewRecord(
    id="https://example.org/record/treaty",
    record="event",
    kind="Agreement",
    family="agreement",
    date="1967-06",
    earliest="1967-06-01",
    latest="1967-06-30",
    realis="planned",
    nodes=(PAIR[0].id, PAIR[1].id),
    text="would sign a treaty on fisheries",
    prefix="Aldoria and Veskany ",
    suffix=" in the spring",
    source_id="almanac",
    source_title="Almanac of the Four Rivers",
    publisher="Free Almanac",
    perspective="aldorian",
    start=120,
    end=152,
    rule="agreement-verb",
    detail=(("item", "fisheries"),),
)
BLAME = replace(
    TREATY,
    id="https://example.org/record/blame",
    record="stance",
    kind="condemn",
    family="oppose",
    date="2001-02-03",
    earliest="2001-02-03",
    latest="2001-02-03",
    realis=None,
    text="«позорный договор»",
    speaker="Veskany",
    detail=(),
)


def shown(nodes: list[ViewNode], records: list[ViewRecord], **more: object) -> View:
    """A view of the invented world; ``more`` are fields of a ``View``."""
    return View(nodes, records, **{"title": "Invented", "subtitle": "for the tests", **more})  # type: ignore[arg-type]
