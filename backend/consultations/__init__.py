"""咨询: questions that end with an answer, and the answers that a person has released for everybody.

A question is an order of a page item (`backend/items/page_items.csv`) with the trunk's whole life; this package owns
what was published of them. Calls orders; knows nobody who asked.
"""
