"""What a pickup costs: a table of prices by area, kind and day, and the yearly base quota of a shop."""
