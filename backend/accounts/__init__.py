"""People and the devices that speak for them: who is acting, in which unit, with which role and where.

Owns Account, RoleGrant, OrgUnit, Session; says StaffLeft. Calls nobody above the cellar. It decides what somebody may
do in general (permissions) and how far that reaches (scope); what one may do to one order is the order's own rule.
"""
