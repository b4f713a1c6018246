"""Lone elders from a file, by their committee. Looked at line by line, then stored whole, or as far as somebody says.

What stands in a line is sealed at once, shown to nobody but whoever brought it, and in no log.
"""
