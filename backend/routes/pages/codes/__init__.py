"""Pages of those who order and hang plates."""
