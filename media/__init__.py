"""Photos: one gate for every picture, from whatever way in, and one place that decides who may see it.

Owns Photo and PhotoAttachment. Originals are evidence and stay apart; what is served is always a re-encoded copy
without a byte of metadata. Decoding happens in `decoder`, a guarded process that may die without harm. Knows nothing
of work: reports and orders attach photos to themselves by name and number.
"""
