"""Rows such as ICEWS has them, made up: as many as are asked for, in the columns of the published files."""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import product
from pathlib import Path
from random import Random

COLUMNS = (
    "Event ID", "Event Date", "Source Name", "Source Sectors", "Source Country", "Event Text", "CAMEO Code", "Intensity", "Target Name",
    "Target Sectors", "Target Country", "Story ID", "Sentence Number", "Publisher", "City", "District", "Province", "Country",
    "Latitude", "Longitude",
)  # fmt: skip
ROWS_A_DAY = 3000

_COUNTRIES = (
    "Israel", "Russian Federation", "Ukraine", "Turkey", "Iran", "Syria", "United States", "United Kingdom", "France", "Germany", "India",
    "China", "Japan", "Egypt", "Jordan", "Lebanon", "Saudi Arabia", "Poland", "Italy", "Spain", "Brazil", "Mexico", "Canada", "Kenya",
)  # fmt: skip
_ROLES = ("Police", "Citizen", "Ministry", "Foreign Affairs", "Government", "Military Personnel", "Protester", "Business", "Media", "Head")
_GIVEN = ("Ada", "Boris", "Cora", "Dov", "Elif", "Femi", "Gita", "Hugo", "Ines", "Jan", "Kaya", "Lior", "Mira", "Nils", "Olga", "Paz")
_SURNAMES = tuple(
    f"{one}{two}" for one, two in product(("Brand", "Holm", "Kest", "Mor", "Quist", "Tal", "Vald", "Zem"), ("an", "el", "ov"))
)
_ACTS = (
    ("Make statement", "010", 0.0), ("Consult", "040", 1.0), ("Make an appeal or request", "020", 3.0), ("Make a visit", "042", 1.9),
    ("Arrest, detain, or charge with legal action", "173", -5.0), ("Express intent to meet or negotiate", "036", 4.0),
    ("Criticize or denounce", "111", -2.0), ("Use conventional military force", "190", -10.0), ("Praise or endorse", "051", 3.4),
    ("Sign formal agreement", "057", 8.0), ("Accuse", "112", -2.0), ("Provide aid", "070", 7.0), ("Threaten", "130", -4.4),
)  # fmt: skip
_PUBLISHERS = tuple(f"The {place} {name}" for place, name in product(("Norland", "Portaville", "Sudoria"), ("Gazette", "Herald", "Post")))
_MUTUAL = "040"


def write_events(path: Path, rows: int) -> None:
    """Writes a file of so many rows; the same number gives the same bytes."""
    with path.open("w", encoding="utf-8") as file:
        file.write("\t".join(COLUMNS) + "\n")
        file.writelines("\t".join(row) + "\n" for row in made_rows(rows))


def made_rows(rows: int) -> Iterator[tuple[str, ...]]:
    """The cells of each row. A consultation stands there from both sides, as ICEWS has it."""
    random = Random(7)
    turned: tuple[str, ...] | None = None
    for number in range(rows):
        if turned:
            yield (str(30_000_000 + number), *turned)
            turned = None
            continue
        day = (date(2010, 1, 1) + timedelta(days=number // ROWS_A_DAY)).isoformat()
        words, code, intensity = random.choice(_ACTS)
        one, other = _actor(random), _actor(random)
        place = random.choice(_COUNTRIES)
        where = (f"Port {random.choice(_SURNAMES)}", "NA", f"{place} Province", place, f"{random.uniform(-60, 60):.4f}", "35.0")
        story = (str(40_000_000 + number // 2), str(random.randint(1, 6)), random.choice(_PUBLISHERS), *where)
        act = (words, code, f"{intensity:g}")
        if code == _MUTUAL:
            turned = (day, *other, *act, *one, *story)
        yield (str(30_000_000 + number), day, *one, *act, *other, *story)


def _actor(random: Random) -> tuple[str, str, str]:
    """A name, its sectors and its country."""
    country = random.choice(_COUNTRIES)
    kind = random.random()
    if kind < 0.2:
        return country, "NA", country
    if kind < 0.6:
        return f"{random.choice(_ROLES)} ({country})", "Government", country
    return f"{random.choice(_GIVEN)} {random.choice(_SURNAMES)}", "Executive,Government", country
