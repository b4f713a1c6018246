"""志愿者: who applied to which committee, who was approved, and what is known of them, sealed.

Owns Volunteer and OwnPlace; says VolunteerApplied, VolunteerApproved, VolunteerRefused, VolunteerLeft and
VolunteerDetailsOpened. It gives and takes the role through accounts; what a volunteer may grab is the offers' rule.
"""
