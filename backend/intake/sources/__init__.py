"""Who tells us something from outside: sources with their keys, rights, limits, declared datum and class tables.

Owns IntakeSource, SourceClass, SourceRefusal.
"""
