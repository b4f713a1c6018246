"""Figures of the product, measured from outside: the programs are here, what they share is in `parts`."""
