"""Who is meant: names, titles, pronouns, capitals and voices, resolved by the date of what is told; and the offices that a text shows."""
