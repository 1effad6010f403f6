"""Every date expression, rule by rule and context by context. Half of the sentences and all of the facts in them are made up."""

import pytest
from spacy.language import Language

from loaders.dates import read_dates, read_ranges
from loaders.dates.calendar_rules import calendar_rules
from loaders.dates.lexicon import lexicon
from loaders.dates.model import Moment, Unit
from loaders.dates.relative_rules import relative_rules
from loaders.texts.language import load_language, parse

HISTORY = "2009-12-19"
NEWS = "2024-03-14"  # a Thursday

Expected = list[tuple[str, str | None]]


@pytest.fixture(scope="session")
def language() -> Language:
    return load_language()


def read(language: Language, text: str, published: str | None) -> Expected:
    docs = parse(text.split("\n"), language)
    dates = read_dates(docs, published)
    return [(doc.text[date.start : date.end], date.value) for doc, found in zip(docs, dates, strict=True) for date in found]


# Dates that need no context -----------------------------------------------------------------

ABSOLUTE: list[tuple[str, Expected]] = [
    ("The treaty was signed on 14 March 1979 in Amman.", [("14 March 1979", "1979-03-14")]),
    ("On May 14, 1948, the state was proclaimed.", [("May 14, 1948", "1948-05-14")]),
    ("On May 24 1920 the town fell.", [("May 24 1920", "1920-05-24")]),
    ("It entered into force on the 5th of June 1975.", [("the 5th of June 1975", "1975-06-05")]),
    ("On June the 6th, 1975, he resigned.", [("June the 6th, 1975", "1975-06-06")]),
    ("On the 11 July, 1920, London issued a note.", [("the 11 July, 1920", "1920-07-11")]),
    ("Talks opened on Sunday, 8 June 1975.", [("Sunday, 8 June 1975", "1975-06-08")]),
    ("He wrote on Sept. 9, 1975 and on 3 Oct. 1976.", [("Sept. 9, 1975", "1975-09-09"), ("3 Oct. 1976", "1976-10-03")]),
    ("MAY 14, 1955. The pact is signed.", [("MAY 14, 1955", "1955-05-14")]),
    ("In May '68 Paris rose; on 5 May ’75 it was over.", [("May '68", "1968-05"), ("5 May ’75", "1975-05-05")]),
    ("On the Fourth of July 1863 the town fell.", [("the Fourth of July 1863", "1863-07-04")]),
    ("The note of 14-May-1955 was lost.", [("14-May-1955", "1955-05-14")]),
    ("The note is dated 2019-04-07.", [("2019-04-07", "2019-04-07")]),
    ("It was logged at 2019-04-07T10:20Z.", [("2019-04-07T10:20Z", "2019-04-07")]),
    ("The protocol of 27.05.1994 stands.", [("27.05.1994", "1994-05-27")]),
    ("The protocol of 27/05/1994 stands.", [("27/05/1994", "1994-05-27")]),
    ("In April 1954 ministers met in Geneva.", [("April 1954", "1954-04")]),
    ("The raid of June, 1982 failed.", [("June, 1982", "1982-06")]),
    ("In Nov. 1956 the canal was closed.", [("Nov. 1956", "1956-11")]),
    ("The battle ended in the middle of May 1943.", [("the middle of May 1943", "1943-05")]),
    ("By late April 1978 the plot was known.", [("late April 1978", "1978-04")]),
    ("Around March 1981 the front froze.", [("Around March 1981", "1981-03~")]),
    ("At the end of 2009 a deal was made.", [("the end of 2009", "2009")]),
    ("From late 1944 supplies arrived.", [("late 1944", "1944")]),
    ("By mid-2012 the mission had left.", [("mid-2012", "2012")]),
    ("Late in 1957 the commander was replaced.", [("Late in 1957", "1957")]),
    ("The start of 2004 was calm.", [("The start of 2004", "2004")]),
    ("As of 2014, Norway was the largest donor.", [("2014", "2014")]),
    ("The city was founded circa 1450.", [("circa 1450", "1450~")]),
    ("The 1967 borders and post-2014 sanctions were discussed.", [("1967", "1967"), ("2014", "2014")]),
    ("In 1956 demonstrations spread.", [("1956", "1956")]),
    ("The army grew from 1981's level to 1985's.", [("1981", "1981"), ("1985", "1985")]),
    ("In the summer of 1946 a committee met.", [("the summer of 1946", "1946-22")]),
    ("Summer 1962 saw a rush to the ports.", [("Summer 1962", "1962-22")]),
    ("After their 1982 summer offensives they paused.", [("1982 summer", "1982-22")]),
    ("The winter of 1941–42 was the harshest.", [("The winter of 1941–42", "1941-24")]),
    ("In the fall of 1975 and in fall 1976 they met.", [("the fall of 1975", "1975-23"), ("fall 1976", "1976-23")]),
    ("By the spring of 1967 raids were frequent.", [("the spring of 1967", "1967-21")]),
    ("Aid came in the 1970s and 1990s.", [("the 1970s", "197X"), ("1990s", "199X")]),
    ("In the mid-1980s the economy shrank.", [("the mid-1980s", "198X")]),
    ("The early 1960s were calm.", [("The early 1960s", "196X")]),
    ("Relations have improved since the early 2000s.", [("the early 2000s", "2000~")]),
    ("In the 1930s and 40s trade collapsed.", [("the 1930s", "193X"), ("40s", "194X")]),
    ("In the late '60s unrest grew.", [("the late '60s", "196X")]),
    ("The nineteen-seventies ended badly, the eighties worse.", [("The nineteen-seventies", "197X"), ("the eighties", "198X")]),
    ("In the 1800s the two empires fought five wars.", [("the 1800s", "18XX")]),
    ("Since the 19th century the port has been Danish.", [("the 19th century", "18XX")]),
    ("In the late twentieth century states multiplied.", [("the late twentieth century", "19XX")]),
    ("The 17th and early 18th centuries saw six wars.", [("17th", "16XX"), ("18th centuries", "17XX")]),
    ("The temple is of the 5th century BC.", [("the 5th century BC", "-04XX")]),
    ("In 44 BC Caesar was killed.", [("44 BC", "-0043")]),
    ("Around 410 AD the city fell.", [("Around 410 AD", "0410~")]),
    ("In AD 70 the siege ended.", [("AD 70", "0070")]),
    ("From 264 to 146 BC Rome fought Carthage.", [("264", "-0263"), ("146 BC", "-0145")]),
    ("In 490 BC they landed. In 480, they came again.", [("490 BC", "-0489"), ("480", "-0479")]),
    ("Prices rose in the first half of 2011.", [("the first half of 2011", "2011-01/2011-06")]),
    ("Exports fell in the third quarter of 2012.", [("the third quarter of 2012", "2012-07/2012-09")]),
    ("The towers fell on 9/11.", [("9/11", "2001-09-11")]),
    ("Troops would be home by Christmas 2007.", [("Christmas 2007", "2007-12-25")]),
    ("On the night of 13 May 1958 the palace was seized.", [("the night of 13 May 1958", "1958-05-13")]),
    ("In the early morning hours of November 1, 1954, shots were fired.", [("the early morning hours of November 1, 1954", "1954-11-01")]),
    ("Two days before Christmas 1941 the convoy sailed.", [("Two days before", "1941-12-23"), ("Christmas 1941", "1941-12-25")]),
    ("Three weeks after 5 May 1942 the island surrendered.", [("Three weeks after", "1942-05-26"), ("5 May 1942", "1942-05-05")]),
]

# Ranges and lists, each end on its own ------------------------------------------------------

ENDS: list[tuple[str, Expected]] = [
    ("She served from 2 September 1948 to March 1949.", [("2 September 1948", "1948-09-02"), ("March 1949", "1949-03")]),
    ("Fighting raged from April to June 1968.", [("April", "1968-04"), ("June 1968", "1968-06")]),
    ("In August/September 1956 leaders met.", [("August", "1956-08"), ("September 1956", "1956-09")]),
    ("In the spring and summer of 1979 they asked again.", [("the spring", "1979-21"), ("summer of 1979", "1979-22")]),
    ("From May 15 to August 16, 1988 half of them left.", [("May 15", "1988-05-15"), ("August 16, 1988", "1988-08-16")]),
    ("From November to February 1962 ports stayed shut.", [("November", "1961-11"), ("February 1962", "1962-02")]),
    ("On 7–10 June 1967 the hills were taken.", [("7", "1967-06-07"), ("10 June 1967", "1967-06-10")]),
    ("From July 1–3, 1863, they fought.", [("July 1", "1863-07-01"), ("3, 1863", "1863-07-03")]),
    ("From 15 to 22 February 1984 they attacked.", [("15", "1984-02-15"), ("22 February 1984", "1984-02-22")]),
    ("During the night of 4/5 September 1953 a bridge fell.", [("4", "1953-09-04"), ("5 September 1953", "1953-09-05")]),
    ("On 3, 4 and 5 March 1991 convoys crossed.", [("3", "1991-03-03"), ("4", "1991-03-04"), ("5 March 1991", "1991-03-05")]),
    ("The 1980–1988 war ruined both.", [("1980", "1980"), ("1988", "1988")]),
    ("In 2006-07 the capital was divided.", [("2006", "2006"), ("07", "2007")]),
    ("The 2015/16 budget was cut.", [("2015", "2015"), ("16", "2016")]),
    ("Between 1980 and 1985, nine offensives failed.", [("1980", "1980"), ("1985", "1985")]),
    (
        "Between October 2011 and the end of July 2012 visas doubled.",
        [("October 2011", "2011-10"), ("the end of July 2012", "2012-07")],
    ),
]

# Along a story: each date from those before it ----------------------------------------------

STORY: list[tuple[str, Expected]] = [
    ("In 1915 the front moved. On 3 May the Third Army attacked.", [("1915", "1915"), ("3 May", "1915-05-03")]),
    ("In March 1980, envoys left. In April, a bomb exploded.", [("March 1980", "1980-03"), ("April", "1980-04")]),
    ("It began on 22 June 1941.\nOn 5 July the river was crossed.", [("22 June 1941", "1941-06-22"), ("5 July", "1941-07-05")]),
    ("In December 1941 they advanced. In January they withdrew.", [("December 1941", "1941-12"), ("January", "1942-01")]),
    ("1919: The first clashes\nOn April 16, Lida was attacked.", [("1919", "1919"), ("April 16", "1919-04-16")]),
    (
        "2003: Invasion\nIn November 2008, protesters recalled it.\nOn April 15 the coalition declared victory.",
        [("2003", "2003"), ("November 2008", "2008-11"), ("April 15", "2003-04-15")],
    ),
    (
        "On 18 August 1920 the pocket closed. Papers found in 2004 prove it.\nOn 6 September the cavalry retreated.",
        [("18 August 1920", "1920-08-18"), ("2004", "2004"), ("6 September", "1920-09-06")],
    ),
    (
        "On May 22, 1967, the straits were closed. In 1957, the president had promised help. On May 26 he repeated it.",
        [("May 22, 1967", "1967-05-22"), ("1957", "1957"), ("May 26", "1967-05-26")],
    ),
    (
        "On 20 July 1987 the council met. The 1975 accord was void. On 2 August guns fell silent.",
        [("20 July 1987", "1987-07-20"), ("1975", "1975"), ("2 August", "1987-08-02")],
    ),
    (
        "On 8 August 1919 Minsk fell and on the 28th of that month tanks arrived.",
        [("8 August 1919", "1919-08-08"), ("the 28th of that month", "1919-08-28")],
    ),
    ("On 2 October 1920 an offer came. On the 5th, it was amended.", [("2 October 1920", "1920-10-02"), ("the 5th", "1920-10-05")]),
    ("In 1948 Oslo joined. The following year, Athens did.", [("1948", "1948"), ("The following year", "1949")]),
    ("Troops left in June 1972. The next month, Cairo expelled the advisers.", [("June 1972", "1972-06"), ("The next month", "1972-07")]),
    (
        "On 31 December 1999 he resigned. The next day his deputy took over.",
        [("31 December 1999", "1999-12-31"), ("The next day", "2000-01-01")],
    ),
    (
        "On June 17, 1962 a truce was signed. In the same month, many left.",
        [("June 17, 1962", "1962-06-17"), ("the same month", "1962-06")],
    ),
    ("In 2007 the mission ended. In the same year a bank opened.", [("2007", "2007"), ("the same year", "2007")]),
    ("On May 14, 1948 he spoke. Truman replied on the same day.", [("May 14, 1948", "1948-05-14"), ("the same day", "1948-05-14")]),
    (
        "On 18 October 1991 ties resumed. Two months later the union ended.",
        [("18 October 1991", "1991-10-18"), ("Two months later", "1991-12")],
    ),
    (
        "Fruit sales began in August 2014. About two months later meat followed.",
        [("August 2014", "2014-08"), ("About two months later", "2014-10~")],
    ),
    ("The strike of July 1988 recalled that of four months earlier.", [("July 1988", "1988-07"), ("four months earlier", "1988-03")]),
    ("The king fled in 1973. Over a decade later, talks began.", [("1973", "1973"), ("Over a decade later", "198X~")]),
    ("On 5 May 1982 the ship sank. Ten days later, marines landed.", [("5 May 1982", "1982-05-05"), ("Ten days later", "1982-05-15")]),
    (
        "On 5 May 1982 the ship sank. Three weeks later, marines landed.",
        [("5 May 1982", "1982-05-05"), ("Three weeks later", "1982-05-26")],
    ),
    (
        "On 17 May 1948, three days after the state declared its independence, Moscow recognised it.",
        [("17 May 1948", "1948-05-17"), ("three days after", "1948-05-17")],
    ),
    (
        "On 5 July 1962, the 132nd anniversary of the landing, the flag was lowered.",
        [("5 July 1962", "1962-07-05"), ("the 132nd anniversary", "1962-07-05")],
    ),
    ("Tallies doubled in 2005 against the previous year.", [("2005", "2005"), ("the previous year", "2004")]),
    ("On 4 April 2019 they met; a plane had been shot down the year prior.", [("4 April 2019", "2019-04-04"), ("the year prior", "2018")]),
    (
        "On 27 February 2009 he spoke. The day before his speech, envoys called.",
        [("27 February 2009", "2009-02-27"), ("The day before", "2009-02-26")],
    ),
    (
        "He came to power in January 1933. Later that year, Berlin left the League.",
        [("January 1933", "1933-01"), ("Later that year", "1933")],
    ),
    ("In 1958 a plan was drawn up. It was adopted early the next year.", [("1958", "1958"), ("early the next year", "1959")]),
    ("In May 1967 raids grew. By the end of the year they had ceased.", [("May 1967", "1967-05"), ("the end of the year", "1967")]),
    ("In 1987 the siege began. Later in the year it was lifted.", [("1987", "1987"), ("Later in the year", "1987")]),
    ("In March 1864 Grant took command. That summer, he besieged the town.", [("March 1864", "1864-03"), ("That summer", "1864-22")]),
    (
        "On July 27, 1953 arms were laid down. The following April, a conference met.",
        [("July 27, 1953", "1953-07-27"), ("The following April", "1954-04")],
    ),
    ("In 1973 oil rose. In the autumn, queues formed.", [("1973", "1973"), ("the autumn", "1973-23")]),
    (
        "In May 2010 nine died. In September the following year, the envoy left.",
        [("May 2010", "2010-05"), ("September the following year", "2011-09")],
    ),
    ("In 1861 war came. It ended in May of that year for Kentucky.", [("1861", "1861"), ("May of that year", "1861-05")]),
    ("On 14 May 1948 he read it out. That evening, Cairo protested.", [("14 May 1948", "1948-05-14"), ("That evening", "1948-05-14")]),
    (
        "On 14 May 1948 he read it out. The next morning, armies crossed.",
        [("14 May 1948", "1948-05-14"), ("The next morning", "1948-05-15")],
    ),
    ("The attack began at 5:34 AM local time on March 20, 2003.", [("5:34 AM", "2003-03-20"), ("March 20, 2003", "2003-03-20")]),
    ("On 27 December 1979 lines were cut. At 19:15 the palace was stormed.", [("27 December 1979", "1979-12-27"), ("19:15", "1979-12-27")]),
    (
        "It began on 20 March 2003 (9:34 p.m., March 19 in Washington).",
        [("20 March 2003", "2003-03-20"), ("9:34 p.m., March 19", "2003-03-19")],
    ),
    (
        "In a speech on September 10, 2007, he foresaw a withdrawal by next summer.",
        [("September 10, 2007", "2007-09-10"), ("next summer", "2008-22")],
    ),
    (
        "On 13 September 2007 the sheikh was killed. An ally condemned Thursday's killing.",
        [("13 September 2007", "2007-09-13"), ("Thursday", "2007-09-13")],
    ),
    ("In December 2016 the delegation left. The following day, it returned.", [("December 2016", "2016-12"), ("The following day", None)]),
    ("On 5 May the siege began. It was lifted in 1944.", [("5 May", "1944-05-05"), ("1944", "1944")]),
    ("In June 1967 war came. It ended on 31 June.", [("June 1967", "1967-06"), ("31 June", "1967-06")]),
]

# From the day a news text was written -------------------------------------------------------

FROM_TODAY: list[tuple[str, str, Expected]] = [
    ("The minister said on Monday that he had resigned.", NEWS, [("Monday", "2024-03-11")]),
    ("The minister will visit Tehran on Tuesday.", NEWS, [("Tuesday", "2024-03-19")]),
    ("Wednesday's vote was close.", NEWS, [("Wednesday", "2024-03-13")]),
    ("He spoke on Thursday.", NEWS, [("Thursday", "2024-03-14")]),
    ("He resigned last Friday.", NEWS, [("last Friday", "2024-03-08")]),
    ("Talks resume next Monday.", NEWS, [("next Monday", "2024-03-18")]),
    ("A spokesman warned on Tuesday of war.", "2023-10-11~", [("Tuesday", "2023-10-10~")]),
    ("Exports fell last year, officials said on Monday.", NEWS, [("last year", "2023"), ("Monday", "2024-03-11")]),
    ("This year Ghana votes, the daily said today.", NEWS, [("This year", "2024"), ("daily", None), ("today", "2024-03-14")]),
    ("Last month the envoy left; next month he returns.", NEWS, [("Last month", "2024-02"), ("next month", "2024-04")]),
    ("They met yesterday and will meet again tomorrow.", NEWS, [("yesterday", "2024-03-13"), ("tomorrow", "2024-03-15")]),
    ("They meet the day after tomorrow.", NEWS, [("the day after tomorrow", "2024-03-16")]),
    ("The border was shelled last night and this morning.", NEWS, [("last night", "2024-03-13"), ("this morning", "2024-03-14")]),
    ("Next week the council meets.", NEWS, [("Next week", "2024-03-18/2024-03-24")]),
    ("Over the weekend, fourteen soldiers died.", NEWS, [("the weekend", "2024-03-09/2024-03-10")]),
    ("The pact was signed two weeks ago.", NEWS, [("two weeks ago", "2024-02-29")]),
    ("They split three years ago.", NEWS, [("three years ago", "2021")]),
    ("Last September, Oslo and Bern restored ties.", NEWS, [("Last September", "2023-09")]),
    ("They will meet again next summer.", NEWS, [("next summer", "2024-22")]),
    ("Earlier this year, Tokyo lifted the ban.", NEWS, [("Earlier this year", "2024")]),
    ("There were clashes late last year.", NEWS, [("late last year", "2023")]),
    ("A second wave came in September last year.", NEWS, [("September last year", "2023-09")]),
    ("In November, Cairo signed, officials said on Monday.", NEWS, [("November", "2023-11"), ("Monday", "2024-03-11")]),
    ("On Monday they met. Talks will resume in May.", NEWS, [("Monday", "2024-03-11"), ("May", "2024-05")]),
    ("On Monday Ankara said that it holds local elections on March 31.", NEWS, [("Monday", "2024-03-11"), ("March 31", "2024-03-31")]),
    ("The summit is scheduled for 15 June, he said on Monday.", NEWS, [("15 June", "2024-06-15"), ("Monday", "2024-03-11")]),
    ("The two spoke by phone on March 7.", NEWS, [("March 7", "2024-03-07")]),
    ("They last met on December 20, he said on Monday.", NEWS, [("December 20", "2023-12-20"), ("Monday", "2024-03-11")]),
    (
        "On Monday he recalled the past. In 1979, revolution came. In November, the embassy was seized.",
        NEWS,
        [("Monday", "2024-03-11"), ("1979", "1979"), ("November", "1979-11")],
    ),
    (
        "Exports rose in 2023 against the previous year, they said on Monday.",
        NEWS,
        [("2023", "2023"), ("the previous year", "2022"), ("Monday", "2024-03-11")],
    ),
    ("The flight landed at 10:30 on Friday.", NEWS, [("10:30", "2024-03-08"), ("Friday", "2024-03-08")]),
    (
        "Inflation rose in the first quarter of the year, they said on Monday.",
        NEWS,
        [("the first quarter of the year", "2024-01/2024-03"), ("Monday", "2024-03-11")],
    ),
    ("Today migration is the main threat; last year it was war.", "2025~", [("Today", "2025~"), ("last year", "2024~")]),
    ("They met last week.", "2025~", [("last week", None)]),
]

# What only looks like a date ----------------------------------------------------------------

NOTHING: list[str] = [
    "Some 2000 soldiers and 1800 refugees crossed.",
    "A total of 1,585 visas were given to 300 men.",
    "Resolution 2334 and resolution ES-10/L.22 were put to the vote.",
    "The MiG-31, the Il-76 and the Mirage 2000 took part.",
    "Law 1945, page 1848 and room 1914 were named.",
    "Egypt received 1500 tanks and 2010 rockets.",
    "More than 1900 were hurt, at least 1600 badly.",
    "They paid $2000 and €1999 for it.",
    "A 1950-strong force held the pass.",
    "Britain may leave, and Mrs May may resign.",
    "Theresa May met April Glaspie.",
    "They march on Rome and will march again.",
    "March on the capital!",
    "Black September and Bloody Sunday are names.",
    "The October Revolution and the May Fourth Movement are studied.",
    "Tisha B'Av is a fast.",
    "The Arab Spring inspired them.",
    "The water springs from the rock and the leaves fall.",
    "After the fall of Saigon they fled.",
    "The Sunday Times reported it.",
    "The 7th Army and the 5th Corps advanced.",
    "The team won 3:2 and 21:19.",
    "He is in his late 20s.",
    "The Christmas tree was lit.",
    "They won 52 per cent of the vote in 12 districts.",
    "The envoy lives at 1600 Pennsylvania Avenue.",
]

UNPLACED: list[tuple[str, Expected]] = [
    ("Troops stayed for three years.", [("three years", None)]),
    ("It is held every year and updated daily.", [("every year", None), ("daily", None)]),
    ("Recently, relations cooled.", [("Recently", None)]),
    ("It was right at the time.", [("at the time", None)]),
    ("Over the past 20 months people fled.", [("the past 20 months", None)]),
    ("Several months later he left.", [("Several months later", None)]),
    ("Decades later the papers were found.", [("Decades later", None)]),
    ("A 12-day war broke out.", [("12-day", None)]),
    ("On Fridays they pray.", [("On Fridays", None)]),
    ("They met in May.", [("May", None)]),
    ("In recent years ties have grown.", [("In recent years", None)]),
]


@pytest.mark.parametrize(("text", "expected"), ABSOLUTE + ENDS, ids=lambda value: value if isinstance(value, str) else "")
def test_a_date_by_its_own_words(language: Language, text: str, expected: Expected) -> None:
    assert read(language, text, HISTORY) == expected


@pytest.mark.parametrize(("text", "expected"), STORY, ids=lambda value: value if isinstance(value, str) else "")
def test_a_date_from_the_story(language: Language, text: str, expected: Expected) -> None:
    assert read(language, text, HISTORY) == expected


@pytest.mark.parametrize(("text", "published", "expected"), FROM_TODAY, ids=lambda value: value if isinstance(value, str) else "")
def test_a_date_from_the_day_of_writing(language: Language, text: str, published: str, expected: Expected) -> None:
    assert read(language, text, published) == expected


@pytest.mark.parametrize("text", NOTHING)
def test_no_date(language: Language, text: str) -> None:
    assert read(language, text, HISTORY) == []


@pytest.mark.parametrize(("text", "expected"), UNPLACED, ids=lambda value: value if isinstance(value, str) else "")
def test_on_no_calendar(language: Language, text: str, expected: Expected) -> None:
    assert read(language, text, None) == expected


# What a date could not be, and what it counts from ------------------------------------------

PROBLEMS = [
    ("They met on 29 February 2019.", "2019-02", "there is no 29 February 2019"),
    ("It fell on 31 June 1975.", "1975-06", "there is no 31 June 1975"),
    ("In 1975 they met on 31 September.", "1975-09", "there is no 31 September 1975"),
    ("It is dated 05/06/1994.", "1994", "05/06/1994 can be read as two days"),
    ("They met on 29 February 2020.", "2020-02-29", None),
]

ANCHORS = [
    ("On 17 May 1948, three days after the state declared its independence, Moscow recognised it.", "three days after", "1948-05-14"),
    ("In December 2016 the delegation left. The following day, it returned.", "The following day", "2016-12"),
    ("On 18 October 1991 ties resumed. Two months later the union ended.", "Two months later", "1991-10-18"),
    ("In September 2023, a month before the war, he left.", "a month before", "2023-10"),
]


@pytest.mark.parametrize(("text", "value", "problem"), PROBLEMS)
def test_an_impossible_date_keeps_what_is_possible(language: Language, text: str, value: str, problem: str | None) -> None:
    [dates] = read_dates(parse([text], language), None)
    assert (dates[-1].value, dates[-1].problem) == (value, problem)


@pytest.mark.parametrize(("text", "words", "anchor"), ANCHORS)
def test_a_relative_date_says_what_it_counts_from(language: Language, text: str, words: str, anchor: str) -> None:
    [dates] = read_dates(parse([text], language), None)
    assert [date.anchor for date in dates if text[date.start : date.end] == words] == [anchor]


def test_paragraphs_without_dates_keep_their_places(language: Language) -> None:
    docs = parse(("", "No date here.", "In 1920.", " "), language)
    assert [len(dates) for dates in read_dates(docs, None)] == [0, 0, 1, 0]


# Each rule: a sentence it must read, and one it must leave alone -----------------------------

RULES: dict[str, tuple[str, str, str]] = {
    # rule: (a sentence, what of it the rule reads, a sentence that it must not touch)
    "ago": ("Two years ago they met.", "Two years ago", "It happened long ago."),
    "anniversary": (
        "On 5 May 1955, the tenth anniversary of the peace, they met.",
        "the tenth anniversary",
        "They marked the tenth anniversary.",
    ),
    "centuries": ("The 17th and 18th centuries were bloody.", "17th", "The 17th and 18th brigades were bloodied."),
    "century": ("In the 19th century it grew.", "the 19th century", "The 19th Centurion regiment grew."),
    "clock": ("On 5 May 1955 at 19:15 it began.", "19:15", "They won 19:15."),
    "day-month": ("In 1955, on 5 May, they met.", "5 May", "The 5 may leave."),
    "day-month-year": ("On 5 May 1955 they met.", "5 May 1955", "All 45 May 1955 issues were sold."),
    "day-number": ("In May 1955 they met. On the 5th, they parted.", "the 5th", "In May 1955 they met. On the 5th floor, they parted."),
    "days-of-month": ("On 5 and 6 May 1955 they met.", "5", "Platoons 6 and 5 May 1955 were lost."),
    "decade": ("In the 1950s they met.", "the 1950s", "In 1950, they met."),
    "decade-in-words": ("In the late fifties they met.", "the late fifties", "They met in their fifties."),
    "deictic": ("Last year they met.", "Last year", "It was their last year together."),
    "duration": ("They met for three weeks.", "three weeks", "They met three envoys."),
    "era-range": ("From 264 to 146 BC they fought.", "264", "From 264 to 146 points they fell."),
    "era-year": ("In 44 BC he was killed.", "44 BC", "In 44 cases he was wrong."),
    "frequency": ("They meet annually.", "annually", "They hold an annual meeting."),
    "half-year": ("In the second half of 2011 they met.", "the second half of 2011", "In the second half of the match they scored."),
    "holiday": ("By Christmas 1955 they were home.", "Christmas 1955", "The Christmas tree was lit."),
    "iso-date": ("Dated 1955-05-05.", "1955-05-05", "Dated 1955-55-05."),
    "month": ("In 1955 they left in May.", "May", "They may leave."),
    "month-day": ("In 1955 they left on May 5.", "May 5", "In 1955 Mrs May left."),
    "month-day-year": ("On May 5, 1955 they met.", "May 5, 1955", "On May 5, 1955 soldiers died."),
    "month-days": ("From May 5-7, 1955 they met.", "May 5", "In May 1955 5-7 men met."),
    "month-year": ("In May 1955 they met.", "May 1955", "They may 1955 times repeat it."),
    "named-day": ("On D-Day they landed.", "D-Day", "On that day they landed."),
    "named-deictic": ("Last September they met.", "Last September", "On the last September day they met."),
    "named-neighbour": (
        "In 1955 they met. The following May they parted.",
        "The following May",
        "In 1955 they met. The following may help.",
    ),
    "neighbour": ("In 1955 they met. The next year they parted.", "The next year", "In 1955 they met. The next man parted."),
    "numeric-date": ("Dated 27.05.1994.", "27.05.1994", "Version 27.05.94 is out."),
    "offset": ("In 1955 they met. Two years later they parted.", "Two years later", "In 1955 they met on the later train."),
    "part-of-day": ("On 5 May 1955 they met. That evening they parted.", "That evening", "Evening classes were held."),
    "part-of-today": ("This morning they met.", "This morning", "One morning they met."),
    "past-units": ("In the past months they met.", "the past months", "In the past they met."),
    "quarter": ("In the third quarter of 2012 they met.", "the third quarter of 2012", "In the old quarter of 2012 Damascus they met."),
    "season": ("In 1955 they left in the autumn.", "the autumn", "The fall of the town came."),
    "season-year": ("In the summer of 1955 they met.", "the summer of 1955", "In the fall of the town 1955 died."),
    "short-decade": ("In the late '50s they met.", "the late '50s", "He was in his late 50s."),
    "short-year": ("In 490 BC they landed. In 480, they came again.", "480", "In 1955 they landed. In 480 cases they failed."),
    "short-year-part": (
        "In 490 BC they landed. In the spring of 480 they came again.",
        "the spring of 480",
        "In 490 BC they landed. Spring 2.5 miles away ran dry.",
    ),
    "today": ("Yesterday they met.", "Yesterday", "Yesteryear they met."),
    "unit-before": ("On 5 May 1955 they met. The day before, they had written.", "The day before", "They met day after day."),
    "vague": ("Recently they met.", "Recently", "A recent meeting was held."),
    "weekday": ("On Monday they met.", "Monday", "On Bloody Sunday they met."),
    "weekdays": ("Every Monday they met.", "Every Monday", "On Monday they met."),
    "weekend": ("At the weekend they met.", "the weekend", "The weekender was printed."),
    "within-period": (
        "In May 1955 they met. At the end of the year they parted.",
        "the end of the year",
        "In May 1955 they met. At the end of the road they parted.",
    ),
    "year": ("In 1955 they met.", "1955", "Some 1955 soldiers met."),
    "year-season": ("After the 1955 summer offensive they met.", "1955 summer", "After the 1955 summer games they met."),
    "years-range": ("In 1955–57 they met.", "1955", "In 1955 they met 57 men."),
}  # fmt: skip


def test_the_table_has_every_rule() -> None:
    assert sorted(RULES) == sorted(rule.name for rule in (*calendar_rules(), *relative_rules()))


@pytest.mark.parametrize("rule", RULES)
def test_a_rule_reads_its_sentence_and_leaves_another_alone(language: Language, rule: str) -> None:
    reads, words, leaves = RULES[rule]
    [dates] = read_dates(parse([reads], language), NEWS)
    assert [reads[date.start : date.end] for date in dates if date.rule == rule][:1] == [words]
    [others] = read_dates(parse([leaves], language), NEWS)
    assert [leaves[date.start : date.end] for date in others if date.rule == rule] == []


# Ranges -------------------------------------------------------------------------------------

RANGES = [
    ("She served from 2 September 1948 to March 1949.", [("2 September 1948 to March 1949", "1948-09-02/1949-03", "range-from-to")]),
    (
        "Between December 2023 and the end of May 2024 visas doubled.",
        [("December 2023 and the end of May 2024", "2023-12/2024-05", "range-between")],
    ),
    ("The 1980–1988 war ruined both.", [("1980–1988", "1980/1988", "range-dash")]),
    ("On 7–10 June 1967 the hills were taken.", [("7–10 June 1967", "1967-06-07/1967-06-10", "range-dash")]),
    ("April to June 1968 was quiet.", [("April to June 1968", "1968-04/1968-06", "range-to")]),
    ("Ties have grown since 2022.", [("2022", "2022/..", "range-since")]),
    ("From 1968 onward, the front froze.", [("1968", "1968/..", "range-since")]),
    ("The mandate lasted until May 1948.", [("May 1948", "../1948-05", "range-until")]),
    ("They met in May 2015. From then until July 2018 they met often.", [("July 2018", "2015-05/2018-07", "range-then-until")]),
    ("Over the past 20 months people fled.", [("the past 20 months", "2022-02/2023-10", "range-past")]),
    ("From 264 to 146 BC they fought.", [("264 to 146 BC", "-0263/-0145", "range-from-to")]),
    ("In May 1948 and June 1948 they met.", []),
    ("Over the past few months people fled.", []),
]


@pytest.mark.parametrize(("text", "expected"), RANGES, ids=lambda value: value if isinstance(value, str) else "")
def test_a_range_joins_its_ends(language: Language, text: str, expected: list[tuple[str, str, str]]) -> None:
    [doc] = parse([text], language)
    [dates] = read_dates([doc], "2023-10-11~")
    ranges = read_ranges(doc, dates, "2023-10-11~")
    assert [(text[found.start : found.end], found.value, found.rule) for found in ranges] == expected


# Partial dates and their steps --------------------------------------------------------------

STEPS: list[tuple[Moment, Unit, int, str | None]] = [
    (Moment(1991, 10, 18, unit="day"), "month", 2, "1991-12"),
    (Moment(1991, 12, unit="month"), "month", 1, "1992-01"),
    (Moment(1992, 1, unit="month"), "month", -1, "1991-12"),
    (Moment(1999, 12, 31, unit="day"), "day", 1, "2000-01-01"),
    (Moment(1999, 12, 31, unit="day"), "week", -1, "1999-12-24"),
    (Moment(1999, 12, 31, unit="day"), "year", -1, "1998"),
    (Moment(1999), "decade", 1, "200X"),
    (Moment(1999), "century", -1, "18XX"),
    (Moment(1999), "month", 1, None),
    (Moment(1999, 12, unit="month"), "day", 1, None),
    (Moment(-43), "year", -1, "-0044"),
    (Moment(9999, 12, 31, unit="day"), "day", 1, None),
    (Moment(1942, 2, unit="month"), "season", 0, "1941-24"),
]


@pytest.mark.parametrize(("start", "unit", "count", "value"), STEPS)
def test_a_step_from_a_partial_date(start: Moment, unit: Unit, count: int, value: str | None) -> None:
    moment = start.step(unit, count)
    assert (moment and moment.edtf()) == value


def test_the_lexicon_reads_its_own_words() -> None:
    lex = lexicon()
    assert lex.month("Sept.") == 9
    assert lex.number("twenty-four") == 24
    assert (lex.ordinal("132nd"), lex.ordinal("Fifth")) == (132, 5)
    assert (lex.unit("Centuries"), lex.unit("days")) == ("century", "day")
    assert len(lex.months) == 12
    assert len(lex.weekdays) == 7
