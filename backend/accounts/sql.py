"""Pieces of SQL about people that larger statements are made of. Each takes expressions, not values.

`areas` is the array of every prefix that covers a place, `unit` the id of a unit. Names within end in an underscore, so
that an expression of the larger statement, such as `a.id`, never means one of them.
"""

from backend.geo.area_codes import TOWN_CHARS

# Who may take orders out of the pool: volunteers of anywhere, handlers and committees where they hold the role.
_GRABBER = """
    account a_ JOIN role_grant g_ ON g_.account_id = a_.id AND g_.area_code <> ''
        AND (g_.role = 'volunteer' OR g_.role IN ('handler', 'committee') AND g_.area_code = ANY({areas}))
    WHERE a_.is_active"""
# Somebody who is still here and handles orders for a unit within an area. A role without an area adds nothing.
_HANDLER = """
    account a_ JOIN role_grant g_ ON g_.account_id = a_.id AND g_.role = 'handler'
        AND g_.area_code = ANY({areas}) AND g_.area_code <> ''
    WHERE a_.is_active AND a_.unit_id = {unit}"""


def is_active(account: str) -> str:
    """Whether somebody is still here."""
    return f"EXISTS (SELECT FROM account a_ WHERE a_.id = {account} AND a_.is_active)"


def is_or_goes_on(account: str) -> str:
    """Whether somebody is still here, or goes on as another account."""
    return f"""({is_active(account)}
        OR EXISTS (SELECT FROM account_merge m_ WHERE m_.merged_id = {account}))"""


def works_around(account: str, area: str) -> str:
    """Whether this person holds a role in the town of an area, around that or within: wherever the area is known."""
    return f"""EXISTS (
        SELECT FROM role_grant g_ WHERE g_.account_id = {account} AND g_.area_code <> ''
          AND (starts_with({area}, left(g_.area_code, {TOWN_CHARS})) OR starts_with(g_.area_code, {area})))"""


def holds(account: str, role: str, area: str) -> str:
    """Whether this person, still here, holds the role within exactly this area."""
    return f"""EXISTS (
        SELECT FROM account a_ JOIN role_grant g_ ON g_.account_id = a_.id
        WHERE a_.id = {account} AND a_.is_active AND g_.role = {role} AND g_.area_code = {area})"""


def names_of_holders(role: str, areas: str) -> str:
    """The names of those, still here, who hold a role over a place: an array, three at most."""
    return f"""array(
        SELECT DISTINCT a_.display_name FROM account a_ JOIN role_grant g_ ON g_.account_id = a_.id
        WHERE a_.is_active AND a_.display_name <> '' AND g_.role = {role} AND g_.area_code = ANY({areas})
        ORDER BY 1 LIMIT 3)"""


def works_for(account: str, unit: str) -> str:
    """Whether this person, still here, belongs to the unit."""
    return f"EXISTS (SELECT FROM account a_ WHERE a_.id = {account} AND a_.is_active AND a_.unit_id = {unit})"


def is_handler(account: str, unit: str, areas: str) -> str:
    """Whether this person handles orders for the unit there."""
    return f"EXISTS (SELECT FROM {_HANDLER.format(unit=unit, areas=areas)} AND a_.id = {account})"


def handlers(areas: str) -> str:
    """Everybody who handles orders for a unit there: account_id, name, unit_id; each once."""
    return f"""
        SELECT DISTINCT a_.id AS account_id, a_.display_name AS name, a_.unit_id
        FROM account a_ JOIN role_grant g_ ON g_.account_id = a_.id AND g_.role = 'handler'
            AND g_.area_code = ANY({areas}) AND g_.area_code <> ''
        WHERE a_.is_active AND a_.unit_id IS NOT NULL"""


def has_handlers(unit: str, areas: str) -> str:
    """Whether anybody handles orders for the unit there."""
    return f"EXISTS (SELECT FROM {_HANDLER.format(unit=unit, areas=areas)})"


def is_grabber(account: str, areas: str) -> str:
    """Whether this person, still here, may take orders there out of the pool."""
    return f"EXISTS (SELECT FROM {_GRABBER.format(areas=areas)} AND a_.id = {account})"
