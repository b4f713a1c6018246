"""Which indicators there are: those that ship, and those of towns."""
