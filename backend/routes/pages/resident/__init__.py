"""Pages that need no account: start, the landing page of a code, report by map, tracking, offline."""
