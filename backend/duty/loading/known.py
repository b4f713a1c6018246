"""What the files may refer to: units, people, items, teams and grid cells that are there."""

from collections.abc import Sequence

import msgspec

from backend.accounts import queries as accounts
from backend.accounts.structs import Staff
from backend.duty import queries as duty
from backend.duty.loading.lines import FileLine, Wrong
from backend.items import queries as items
from backend.places import queries as places


class References(msgspec.Struct, frozen=True, kw_only=True):
    units: dict[str, int]
    staff: dict[str, Staff]
    gone: set[str]
    items: set[str]
    teams: dict[tuple[int, str], int]
    cells: set[str]

    def unit(self, line: FileLine) -> int:
        """The id of the line's unit. Raises Wrong."""
        code = line.needed("unit_code", 40)
        if code not in self.units:
            raise Wrong("no-such-unit", code=code)
        return self.units[code]

    def item(self, line: FileLine) -> str | None:
        code = line.text("item_code")
        if code and code not in self.items:
            raise Wrong("no-such-item", code=code)
        return code or None

    def team(self, line: FileLine, unit_id: int, column: str = "team_code") -> int:
        code = line.needed(column, 40)
        if (unit_id, code) not in self.teams:
            raise Wrong("no-such-team", code=code)
        return self.teams[unit_id, code]

    def cell(self, line: FileLine) -> str:
        code = line.needed("grid_code")
        if code not in self.cells:
            raise Wrong("no-such-cell", code=code)
        return code

    def person(self, username: str, unit_id: int | None = None) -> int:
        """The id of somebody who is still here; with a unit, of somebody who works for it. Raises Wrong."""
        found = self.staff.get(username.lower())
        if found is None:
            raise Wrong("no-such-person", username=username)
        if unit_id is not None and found.unit_id != unit_id:
            raise Wrong("person-of-another-unit", username=username)
        return found.account_id


async def look_up(lines: Sequence[FileLine]) -> References:
    """What is there now. Of the grid cells only those that the lines name."""
    return References(
        units=await accounts.list_unit_ids(),
        staff={one.username: one for one in await accounts.list_staff()},
        gone=await accounts.list_gone(),
        items=await items.list_codes(),
        teams=await duty.list_team_ids(),
        cells=await places.list_known_cells([line.values.get("grid_code", "") for line in lines]),
    )
