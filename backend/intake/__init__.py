"""Every way in: what other systems, sensors and cameras tell us becomes a case of the trunk, once.

A branch that uses orders and below. sources: who may tell us something; records: what came, and its fate, the one
mouth; items: a text to an item; then the ways in. Shared: structs, runtime. What follows from facts: reactions; what
the clock starts: jobs.
"""
