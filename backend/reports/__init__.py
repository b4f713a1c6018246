"""What somebody saw: a report with photos becomes an order at once, and its reporter can follow it by a link.

Whoever scans a code is told first what is reported there already (`landing.py`).

Owns Report. Calls qr and places (where), orders (open, rate). It does not decide who handles what.
"""
