"""Offers: orders in the pool, who takes one, until when that person has to be there, and what happens if not.

Owns Offer, Take, Grabber and ItemRequirement. An offer follows its order: what the trunk says of the order is true.
"""
