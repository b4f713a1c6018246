"""Texts for people: one catalogue per language, the same keys in both."""
