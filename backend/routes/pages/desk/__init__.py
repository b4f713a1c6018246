"""The dispatcher's desk: list, map, call-backs, export."""
