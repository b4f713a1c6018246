"""Makers fill in what does not matter; the test names what does."""
