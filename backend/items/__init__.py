"""The dictionary of matters: what a thing is, who answers for it where, its clock, its evidence.

Owns Item and ResponsibilityRule. Calls nobody. It does not dispatch: it says which unit answers for an item in an area.
"""
