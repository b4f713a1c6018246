"""The trunk: the work order from opened to closed, every move an append-only step.

Owns Order, OrderStep, CheckIn. Walks down to items, accounts (who is on duty), places, media (evidence) and qr (a code
scanned on the spot). It knows no report, shop or volunteer: it announces facts and they listen.
"""
