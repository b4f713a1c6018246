"""Notifications: facts become messages to people, and messages go out to their phones.

A message is a row of the inbox, which every account has, and a row for each way by which it goes out (`planning.py`),
written in one statement within the delivery of the fact. `sending/` takes what is due through `gateways/`, which stand
behind one Protocol each for a vendor. It counts when a person has seen it (`seen.py`).

Push gives no orders and imports no service of another package.
"""
