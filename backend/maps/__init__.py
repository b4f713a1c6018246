"""Maps of our own: vector tiles of areas, grid cells, roads, places and open orders, and a town's own tile service.

Owns MapChange, which says when something that maps draw was changed. Everything comes in as WGS-84 and is in a tile as
Web Mercator (EPSG:3857). Base layers are for everybody; orders for whoever is staff of them. docs/maps.md.
"""
