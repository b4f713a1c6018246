"""责任清单: which tasks a residents' committee does and how often. Owns TaskTemplate and DutyEntry.

An entry is never altered: what was decided later is its next version, in force from a day on. Whatever was born of a
version keeps it.
"""
