"""Escalation: who is told when so much of a limit is used up, level by level, each exactly once."""
