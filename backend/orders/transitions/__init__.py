"""How an order changes, in one transaction: lock, check, change the state, append the step, record the fact."""
