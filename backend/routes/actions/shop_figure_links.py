"""Where a figure of an area's shops is looked at: the register, narrowed to what it counts, or the list of a share."""

from urllib.parse import urlencode

from shops.grades.structs import Grade
from shops.overview.structs import Concern, ShopFigureName, WhichFindings

_NARROWED: dict[ShopFigureName, dict[str, str]] = {
    ShopFigureName.SHOPS: {},
    ShopFigureName.GRADE_A: {"grade": Grade.A.value},
    ShopFigureName.GRADE_B: {"grade": Grade.B.value},
    ShopFigureName.GRADE_C: {"grade": Grade.C.value},
    ShopFigureName.OVERDUE: {"concern": Concern.OVERDUE.value},
    ShopFigureName.VISIT_DUE: {"concern": Concern.VISIT_DUE.value},
}


def list_of(name: ShopFigureName, area: str, cell: str = "") -> str:
    """The path of the page that lists what is counted, or measured over."""
    if name is ShopFigureName.ON_TIME:
        return pickups_of(area)
    if name in _NARROWED:
        said = {"area": area} | ({"cell": cell} if cell else {})
        return f"/shops?{urlencode(said | _NARROWED[name])}"
    return findings_of(area)


def findings_of(area: str, department: str = "", which: str = WhichFindings.DUE) -> str:
    said = {"area": area, "department": department, "which": "" if which == WhichFindings.DUE else which}
    return f"/shops/overview/findings?{urlencode({name: value for name, value in said.items() if value})}"


def pickups_of(area: str, route_id: int = 0, *, late_only: bool = False) -> str:
    said = {"area": area, "route": str(route_id or ""), "late": "1" if late_only else ""}
    return f"/shops/overview/pickups?{urlencode({name: value for name, value in said.items() if value})}"
