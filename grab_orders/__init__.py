"""Orders that volunteers grab. A place for it; not built yet."""
