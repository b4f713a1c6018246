"""The code on the door: minted in batches, signed, printed, bound to a place, scanned, replaced, revoked.

Owns the registry of codes, their history and the scan log. Calls places and accounts, below it. Knows nothing of
reports and orders: what should follow from a scan is said as a fact.
"""
