"""检查与整改: what departments check in a shop, what they find, and how the shop puts it right.

A finding has a life of its own (`states.py`): open, answered by the owner, re-checked; or appealed and decided by
somebody else than who found it.
"""
