"""The demonstration street: a town of the real size, made by a seeded program, so that a stranger can try everything.

Nothing here is true but the town's code and a few road names; every row is marked is_demo. Only the doors call it.
"""
