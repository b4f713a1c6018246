"""Where a person may work on plates, and what a scan's distance says. Pure.

A plate is public: anybody may photograph it and scan the picture at home. So a scan alone never proves presence; only a
near one counts as "was there", and a far one is a sign about the plate, never about the person.
"""

from collections.abc import Sequence
from datetime import timedelta
from enum import StrEnum

from backend.accounts.permissions import Permission, areas_of, may_within
from backend.accounts.structs import Actor

NEAR_M = 50.0
"""As far as a phone in a narrow street is off, beyond its own stated accuracy."""
FAR_M = 150.0
MAX_BELIEVED_ACCURACY_M = 100.0
"""A fix vaguer than this says nothing of the plate."""
SUSPECT_SCANS = 3
"""So many far scans within the window, close to each other, make a copy suspected."""
SUSPECT_WITHIN = timedelta(days=7)
SUSPECT_CLUSTER_M = 300.0


class ScanGrade(StrEnum):
    """What the position of one scan says."""

    NEAR = "near"
    FAR = "far"
    NONE = "none"
    SUSPECTED_COPY = "copy"


class Finding(StrEnum):
    """What somebody saw who went to look at a suspected plate."""

    GENUINE = "genuine"
    COPIED = "copied"
    MISSING = "missing"


def may_work(actor: Actor | None, permission: Permission, area_code: str) -> bool:
    """Whether the permission is held over that area. No actor is the system itself (demonstration, command line)."""
    return actor is None or may_within(actor, permission, area_code)


def may_share(actor: Actor | None, permission: Permission, area_code: str) -> bool:
    """Whether what is meant for that area may be used in a part of it, or around it, where the permission is held."""
    areas = () if actor is None else areas_of(actor, permission)
    return actor is None or any(area_code.startswith(area) or area.startswith(area_code) for area in areas)


def is_believed(accuracy_m: float | None) -> bool:
    """Whether a fix says anything of one plate."""
    return (accuracy_m or 0.0) <= MAX_BELIEVED_ACCURACY_M


def grade(distance_m: float | None, accuracy_m: float | None) -> ScanGrade:
    """Near, far or nothing. Between the two limits, or with a vague fix, a position says nothing."""
    if distance_m is None or not is_believed(accuracy_m):
        return ScanGrade.NONE
    slack = accuracy_m or 0.0
    if distance_m - slack <= NEAR_M:
        return ScanGrade.NEAR
    return ScanGrade.FAR if distance_m - slack > FAR_M else ScanGrade.NONE


def is_copy_suspected(far_distances_m: Sequence[float], scanners: int) -> bool:
    """Whether far scans of one code look like a second sticker: several, by two or more people, at the same distance.

    The distance to the anchor stands in for the place, since positions of scans are not kept.
    """
    if len(far_distances_m) < SUSPECT_SCANS or scanners < 2:  # one person may be at home with a photo
        return False
    ordered = sorted(far_distances_m)
    spans = zip(ordered, ordered[SUSPECT_SCANS - 1 :], strict=False)
    return any(last - first <= SUSPECT_CLUSTER_M for first, last in spans)
