"""Requests of committees to change their duty list, and the town's decisions on them. Owns DutyChange."""
