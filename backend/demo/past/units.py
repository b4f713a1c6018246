"""How the units of the made-up past work: some are quick, some slow, some do it twice. Pure."""

from typing import NamedTuple


class UnitHabits(NamedTuple):
    """`pace`: share of the limit that the usual order takes; the others are shares of orders."""

    pace: float = 0.5
    accepts_late: float = 0.06
    returns: float = 0.03
    reworked: float = 0.08
    liked: float = 0.82


_HABITS = {
    "chengguan_patrol": UnitHabits(pace=0.45, reworked=0.06, liked=0.85),
    "sanitation": UnitHabits(pace=0.38, accepts_late=0.03, reworked=0.04, liked=0.9),
    "bike_operator": UnitHabits(pace=0.85, accepts_late=0.22, reworked=0.17, liked=0.58),
    "traffic_police": UnitHabits(pace=0.6, returns=0.12),
    "joint_station": UnitHabits(pace=0.5, returns=0.05, liked=0.8),
    "road_maintenance": UnitHabits(pace=0.72, accepts_late=0.1, reworked=0.12, liked=0.7),
    "greening": UnitHabits(pace=0.6, reworked=0.1),
    "fire_station": UnitHabits(pace=0.3, accepts_late=0.02, reworked=0.03, liked=0.93),
    "safety_office": UnitHabits(pace=0.55, returns=0.08),
    "housing": UnitHabits(pace=0.78, accepts_late=0.12, reworked=0.14, liked=0.62),
}
NEIGHBOUR_OF = {"traffic_police": "chengguan_patrol", "safety_office": "joint_station"}
"""Who gets what a unit gives back; of the others the joint station."""


def habits_of(unit_type: str) -> UnitHabits:
    return _HABITS.get(unit_type, UnitHabits())
