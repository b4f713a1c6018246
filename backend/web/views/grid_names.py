"""A grid cell as people speak of it: the committee, and the cell's number within it. Its 15 digits are for machines."""

from collections.abc import Mapping

from backend.web.views.page import PageContext

_COMMITTEE_CHARS, _CELL_CHARS = 12, 15


def grid_name(page: PageContext, code: str, names: Mapping[str, str]) -> str:
    """`code`: of a cell or of an area. `names`: of areas by their codes; where one is missing, the code itself."""
    area = code[:_COMMITTEE_CHARS]
    if len(code) != _CELL_CHARS or area not in names or not code[_COMMITTEE_CHARS:].isdecimal():
        return names.get(code, code)
    return page.t("grid.cell", area=names[area], n=int(code[_COMMITTEE_CHARS:]))
