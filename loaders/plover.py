"""The PLOVER class of an event: that of its rule or kind, turned by whether it is intended, asked for or refused.

As in CAMEO, where to intend cooperation is to agree (03), to intend harm is to threaten (13), to ask for either is a
request (10), and to turn it down is to reject (12).
"""

from loaders.realis import Judgement, word_set


def turned(own: str | None, judgement: Judgement) -> str | None:
    """The class of an event whose class would be ``own`` if it had happened."""
    if own is None or judgement.realis in ("actual", "reported"):
        return own
    by = judgement.by.lemma_.lower() if judgement.by is not None else ""
    if judgement.realis == "planned":
        return _planned(own, by)
    if judgement.realis == "refused":
        return "SANCTION" if by in word_set("stopping") and own in word_set("cooperative") else "REJECT"
    return None


def _planned(own: str, by: str) -> str:
    if by in word_set("asking"):
        return "REQUEST"
    if by in word_set("threatening"):
        return "THREATEN"
    if by in word_set("preparing") and own == "ASSAULT":
        return "MOBILIZE"
    if own in word_set("cooperative"):
        return "AGREE"
    return "THREATEN" if own in word_set("hostile") else own
