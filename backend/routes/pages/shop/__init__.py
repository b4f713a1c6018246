"""Pages of a shop's own people: claiming it by its code, its home, its people."""
