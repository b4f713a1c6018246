"""Filling units, people, rules, teams, beats, shifts and named duties from files: a file is taken whole or not at all.

A bad line is named by its number, with the reason in both languages. Repeating a load changes nothing. `runs` holds the
verb, `kinds` what each file says; docs/duty.md has the columns.
"""
