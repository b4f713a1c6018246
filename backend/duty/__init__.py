"""值勤: who stands where. Teams and their beats of grid cells, named duties, the last position of whoever is on duty.

Owns Team, TeamMember, TeamBeat, NamedDuty, StaffPosition. Walks down to accounts (units, rosters), places (grid cells)
and items (rules). It says who would get an order at an instant, and why; giving it is the trunk's.
"""
