"""Routes of haulers: their schedules, the stops of a day in driving order, and how full each day is."""
