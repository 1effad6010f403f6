"""Numbers as RDF and people write them."""

from decimal import Decimal
from math import isfinite


def decimal_text(value: float) -> str:
    """The shortest decimal form, without an exponent: ``53000000``, ``0.5``.

    Raises:
        ValueError: it is not finite.
    """
    if not isfinite(value):
        raise ValueError(f"{value} is not a number that can be written down")
    text = format(Decimal(repr(value)), "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text == "-0" else text
