"""Complaints about a shop: who complained is sealed, and opened by two persons together with a reason that is logged.

The complaint itself is an order like any other. It is filed by a pseudonym, an account that nobody signs in to: orders,
photos and messages know nobody else, and neither does whoever reads the tables.
"""
