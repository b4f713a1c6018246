"""Lifts from a file: looked at line by line, then stored whole, or as far as somebody says."""
