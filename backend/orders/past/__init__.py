"""Orders that went their way before anybody looked: whole lives, by the table of transitions, written at once.

For demonstrations. `life` is pure and knows the rules of moves and clocks; `writing` puts many of them into the tables
and the log. Nobody is notified, and nothing reacts.
"""
