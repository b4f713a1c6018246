"""平急两用: an area in emergency goes by other limits and another duty list, is commanded by groups, and hands back.

Owns the plans, emergencies with their levels, command groups, broadcasts with receipts, and the situation log. Which
limits and duty list count at an instant is a stretch of the calendar (`calendars/stretches.py`), read by whoever counts
deadlines or asks who is on duty: this room begins and ends stretches and says who did, and why. It walks down to
orders; push tells people what its facts say.
"""
