"""轮次: the rounds of a running campaign, each with a task for every target, and what the deadline makes of them."""
