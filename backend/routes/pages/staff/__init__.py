"""Pages of handlers, verifiers and inspectors: work lists, an order, its photos, the inbox, places."""
