"""A made-up past of the demo street: eighteen weeks of orders, a campaign, an emergency, visits, and their figures.

`yima demo past` makes it, once, for whoever wants to see the pages of the centre; `make run` does not. The same day
gives the same past. Nobody is notified of it.
"""
