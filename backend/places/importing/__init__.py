"""Filling places from files that strangers made: GeoJSON and CSV, any datum, any of the usual encodings, real dirt.

A row is either imported or written to the errors file with its line and the reason; nothing is guessed in silence and
nothing is dropped. Repeating an import changes nothing. `runs` holds the two verbs; `options` what they may be told.
"""
