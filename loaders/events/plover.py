"""The PLOVER class of an event: that of its rule or kind, turned by whether it is intended, asked for or refused.

As in CAMEO, where to intend cooperation is to agree (03), to intend harm is to threaten (13), to ask for either is a
request (10), and to turn it down is to reject (12).
"""

from loaders.events.realis import Judgement, word_set
from loaders.parsed import Token


def turned(own: str | None, trigger: Token, judgement: Judgement) -> str | None:
    """The class of an event whose class would be ``own`` if it had happened."""
    if own is None or judgement.realis in ("actual", "reported"):
        return own
    by = judgement.by
    name = by.base if by is not None else ""
    if judgement.realis == "planned":
        return _planned(own, name, granted=by is not None and by.head.base in word_set("granting"), under_condition=_unless(trigger))
    if judgement.realis == "refused":
        return "SANCTION" if name in word_set("stopping") and own in word_set("cooperative") else "REJECT"
    return None


def _planned(own: str, by: str, *, granted: bool, under_condition: bool) -> str:
    if by in word_set("ordering"):
        return own
    if by in word_set("threatening") or under_condition:
        return "THREATEN"
    if by in word_set("asking") and not granted:
        return "REQUEST"
    if by in word_set("preparing") and own == "ASSAULT":
        return "MOBILIZE"
    if own in word_set("cooperative"):
        return "AGREE"
    return "THREATEN" if own in word_set("hostile") else own


def _unless(trigger: Token) -> bool:
    """“will recall its troops unless …” threatens."""
    return any(t.lower_ == "unless" for t in trigger.subtree)
