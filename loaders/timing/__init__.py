"""Which date belongs to which word: the clause's own before the sentence's, the sentence's before the paragraph's."""

from loaders.timing.carried import carried_date, date_before, date_of
from loaders.timing.phrase import date_of_phrase, goes_on, is_governed
from loaders.timing.sentence import date_in_sentence
from loaders.timing.values import month_of

__all__ = ["carried_date", "date_before", "date_in_sentence", "date_of", "date_of_phrase", "goes_on", "is_governed", "month_of"]
