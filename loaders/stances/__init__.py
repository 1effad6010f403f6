"""Stances: who takes which side towards whom or what, by which act, and in which words."""
