"""应急: what is on, its command page, broadcasts to answer with their receipts, the report of the hand-back."""
