"""One case, several orders or reporters: merging, followers, sub-orders, root causes."""
