"""This build beside an earlier one, on the same machine, in turn: make bench-against REV=8c9d1c1.

`builds.py` checks the other revision out and gives it packages of its own lock; `databases.py` gives each build
databases of its own, filled by itself and kept for the next run; `parts/` measures one thing of one build in one round;
`report.py` makes ratios of it. The client is ours for both, and speaks HTTP as the wire contract says. What differs
between revisions beyond that stands in `bench/parts/differences.py`.
"""
