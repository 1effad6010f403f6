"""Sources in, records out."""
