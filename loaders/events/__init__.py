"""What happened: verbs and nouns that tell an event, who takes part, when, where and whether."""
