"""Who gets an order: opening, choosing a person or pool, passing on, handing over, following a moved border."""
