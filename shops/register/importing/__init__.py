"""Filling the register from CSV or Excel files that strangers made.

A row is either imported or written to the errors file with its line and the reason; nothing is guessed in silence, no
formula is ever worked out, and repeating an import changes nothing. An empty cell leaves what the register has.
"""
