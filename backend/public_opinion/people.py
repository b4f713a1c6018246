"""Who of the people that the system knows is called by a run of characters: their names are never words."""

from collections.abc import Set

from backend import db

_NAMES = "SELECT DISTINCT display_name FROM account WHERE display_name = ANY($1::text[])"


async def list_names(runs: Set[str]) -> set[str]:
    """Those of these runs that are the name of an account."""
    return {row["display_name"] for row in await db.fetch(_NAMES, sorted(runs))}
