"""Our endpoint: what it offers, what it tells of requests, and what it takes from sources with a key."""
