"""When a word rises by more than chance, which words rise together, and how often chance alone looks so. Pure."""
