"""The terms of the ontology, and of the vocabularies that it builds on, as closed namespaces.

A term that is not listed raises ``AttributeError``. The list is that of ``irkg.ttl`` and
``kinds.ttl``, which a test compares.
"""

from typing import ClassVar

from rdflib import URIRef
from rdflib.namespace import DefinedNamespace, Namespace

from ontology.identifiers import ONTOLOGY


class IRKG(DefinedNamespace):
    """Our own terms. ``from`` is a word of Python: write ``IRKG["from"]``."""

    _fail = True
    _NS = Namespace(ONTOLOGY)
    _extras: ClassVar[list[str]] = ["from"]

    # classes
    Agent: URIRef
    CitedWork: URIRef
    Corroboration: URIRef
    DateExpression: URIRef
    Disagreement: URIRef
    Event: URIRef
    Evidence: URIRef
    Figure: URIRef
    Group: URIRef
    Happening: URIRef
    Link: URIRef
    Measurement: URIRef
    Naming: URIRef
    OfficeHeld: URIRef
    Organisation: URIRef
    Person: URIRef
    Place: URIRef
    Quotation: URIRef
    Record: URIRef
    Rule: URIRef
    Source: URIRef
    Stance: URIRef
    State: URIRef
    Tenure: URIRef

    # properties
    about: URIRef
    act: URIRef
    adjective: URIRef
    amount: URIRef
    attributedTo: URIRef
    because: URIRef
    bodyKind: URIRef
    cameo: URIRef
    capital: URIRef
    cell: URIRef
    citation: URIRef
    cites: URIRef
    condition: URIRef
    currency: URIRef
    date: URIRef
    differsIn: URIRef
    delivered: URIRef
    deliveredIn: URIRef
    deliveredQualifier: URIRef
    earliest: URIRef
    evidence: URIRef
    first: URIRef
    firstValue: URIRef
    formerFrom: URIRef
    formerUntil: URIRef
    fromText: URIRef
    holder: URIRef
    inReturn: URIRef
    independent: URIRef
    isoCode: URIRef
    issue: URIRef
    item: URIRef
    kind: URIRef
    latest: URIRef
    linked: URIRef
    loadedName: URIRef
    measure: URIRef
    names: URIRef
    note: URIRef
    of: URIRef
    office: URIRef
    partOf: URIRef
    participant: URIRef
    people: URIRef
    person: URIRef
    perspective: URIRef
    place: URIRef
    plover: URIRef
    polarity: URIRef
    prisoner: URIRef
    published: URIRef
    qualifier: URIRef
    quantity: URIRef
    readBy: URIRef
    realis: URIRef
    recipient: URIRef
    remarks: URIRef
    reportedSpeaker: URIRef
    resolution: URIRef
    revision: URIRef
    score: URIRef
    row: URIRef
    seatName: URIRef
    second: URIRef
    secondValue: URIRef
    source: URIRef
    sourceKind: URIRef
    speaker: URIRef
    successor: URIRef
    supplier: URIRef
    target: URIRef
    targetPhrase: URIRef
    textHash: URIRef
    toldBy: URIRef
    topic: URIRef
    unit: URIRef
    until: URIRef
    value: URIRef
    voiceOf: URIRef
    vote: URIRef

    # concept schemes
    acts: URIRef
    kinds: URIRef
    polarities: URIRef
    realisValues: URIRef
    stanceKinds: URIRef

    # concepts: families, kinds, acts, polarities, realis
    Agreement: URIRef
    Aid: URIRef
    Appointment: URIRef
    ArmsDeal: URIRef
    Arrest: URIRef
    Communication: URIRef
    Economic: URIRef
    Election: URIRef
    LegalAction: URIRef
    Meeting: URIRef
    Migration: URIRef
    MilitaryAction: URIRef
    MissionOpened: URIRef
    Other: URIRef
    PrisonerDeal: URIRef
    PropertyTransfer: URIRef
    Recognition: URIRef
    RelationsChange: URIRef
    RelationsResumed: URIRef
    RelationsSevered: URIRef
    Sanction: URIRef
    Summons: URIRef
    Visit: URIRef
    Vote: URIRef
    accuse: URIRef
    actual: URIRef
    agreement: URIRef
    aid: URIRef
    apologise: URIRef
    condemn: URIRef
    conflict: URIRef
    contact: URIRef
    decline: URIRef
    declineToOppose: URIRef
    demand: URIRef
    denied: URIRef
    deny: URIRef
    diplomatic: URIRef
    domestic: URIRef
    endorse: URIRef
    legal: URIRef
    neutral: URIRef
    oppose: URIRef
    other: URIRef
    planned: URIRef
    praise: URIRef
    promise: URIRef
    promiseToOppose: URIRef
    refused: URIRef
    reject: URIRef
    reported: URIRef
    request: URIRef
    society: URIRef
    state: URIRef
    stateOpposition: URIRef
    stateSupport: URIRef
    support: URIRef
    thank: URIRef
    warn: URIRef


class OA(DefinedNamespace):
    """Web Annotation: the terms for a span of a text."""

    _fail = True
    _NS = Namespace("http://www.w3.org/ns/oa#")

    SpecificResource: URIRef
    TextPositionSelector: URIRef
    TextQuoteSelector: URIRef
    end: URIRef
    exact: URIRef
    hasSelector: URIRef
    hasSource: URIRef
    prefix: URIRef
    start: URIRef
    suffix: URIRef


class SEM(DefinedNamespace):
    """The Simple Event Model: the terms that ours specialise."""

    _fail = True
    _NS = Namespace("http://semanticweb.cs.vu.nl/2009/11/sem/")

    Actor: URIRef
    Event: URIRef
    Place: URIRef
    eventType: URIRef
    hasActor: URIRef
    hasPlace: URIRef


class EDTF(DefinedNamespace):
    """The datatype of dates, of the Library of Congress."""

    _fail = True
    _NS = Namespace("http://id.loc.gov/datatypes/edtf/")

    EDTF: URIRef


class SCHEMA(DefinedNamespace):
    """The few terms of schema.org that are used, over https as schema.org itself writes them."""

    _fail = True
    _NS = Namespace("https://schema.org/")

    CreativeWork: URIRef
    alternateName: URIRef
    archivedAt: URIRef
    dateModified: URIRef
    datePublished: URIRef
    sameAs: URIRef
    url: URIRef
