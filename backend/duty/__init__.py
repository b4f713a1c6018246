"""值勤: who stands where. Rosters, who is on call for orders to grab, teams and their beats of grid cells, named
duties, the last position on duty.

Owns DutyShift, Team, TeamMember, TeamBeat, NamedDuty, OnCall, StaffPosition. Walks down to accounts (units, people),
places (grid cells) and items (rules). It says who would get an order at an instant, and why; giving it is the trunk's.
"""
