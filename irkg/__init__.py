"""The front door: the command line and the few functions a notebook needs."""
