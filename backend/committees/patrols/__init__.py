"""巡查: routes over places, the tasks of each day, their stops with what proves them, and what was found there.

Owns PatrolRoute, PatrolRouteStop, PatrolTask, PatrolStop, PatrolFinding. Tasks are born of the duty list (`duty_list`);
arrivals are judged by the rules of the trunk (`orders.arrivals`); a report of what was found is filed by the route.
"""
