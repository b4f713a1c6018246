"""What WeChat tells us by itself: events about agreements and pictures.

`push/gateways/crypto.py` checks who sent them and opens them, `fields.py` reads them, `inbox.py` writes each down once,
and a job of the queue (`handling.py`) does what they ask.
"""
