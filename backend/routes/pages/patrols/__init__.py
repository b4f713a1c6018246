"""Pages of patrols: the tasks of a day, one walk on the phone, routes, and what was covered."""
