"""三级分级: a shop's grade by an open score, what it changes (how often somebody comes), and what would change it.

A grade is no penalty: nothing else follows from it by itself. The public sees it only where the town says so.
"""
