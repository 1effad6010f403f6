"""What can be said: terms, shapes, kinds, and reference data on who is who and when."""
