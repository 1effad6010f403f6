"""Numbers that measure: what is counted, of whom, for when, and according to whom."""
