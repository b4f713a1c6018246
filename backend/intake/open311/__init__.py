"""Open311 GeoReport v2, both ways: an endpoint for other systems, and orders sent on to and fetched from theirs.

`wire` is the format alone: texts, dates, words for states, forms. `server` answers at `/open311/v2`; `client` speaks
with the endpoints of others. What is on its way between the two stands in `tables`.
"""
