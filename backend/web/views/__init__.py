"""What templates show, computed from reads: countdowns, timelines, cells of a map, lines of the desk. Pure."""
