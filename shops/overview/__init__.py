"""The shops of an area at a glance, for the street: grades on the map, what is late, how pickups go."""
