"""Where things are: areas by national code, grid cells, roads, and the places that carry a code.

Owns Area, GridCell, Road and Place. Answers which cell and area a point lies in and which place is nearest. Fills
itself from files through `importing`. Calls only the lowest layer and `backend.geo`; knows nothing of codes or orders.
"""
