"""Pieces of SQL about people that larger statements are made of. Each takes expressions, not values.

`areas` is the array of every prefix that covers a place, `unit` the id of a unit.
"""

# Somebody who is still here and handles orders for a unit within an area. A role without an area adds nothing.
_HANDLER = """
    account a JOIN role_grant g ON g.account = a.id AND g.role = 'handler'
        AND g.area_code = ANY({areas}) AND g.area_code <> ''
    WHERE a.is_active AND a.unit = {unit}"""


def is_active(account: str) -> str:
    """Whether somebody is still here."""
    return f"EXISTS (SELECT FROM account a WHERE a.id = {account} AND a.is_active)"


def is_handler(account: str, unit: str, areas: str) -> str:
    """Whether this person handles orders for the unit there."""
    return f"EXISTS (SELECT FROM {_HANDLER.format(unit=unit, areas=areas)} AND a.id = {account})"


def on_duty(unit: str, areas: str, at: str) -> str:
    """The handlers of the unit with a shift there at an instant: account_id, since, area_code; a row a shift."""
    return f"""
        SELECT s.account AS account_id, s.starts_at AS since, s.area_code FROM duty_shift s
        WHERE s.unit = {unit} AND s.area_code = ANY({areas})
          AND coalesce(s.ends_at, 'infinity'::timestamptz) > {at} AND s.starts_at <= {at}
          AND {is_handler("s.account", unit, areas)}"""


def keeps_roster(unit: str, since: str) -> str:
    """Whether the unit has any shift that ends after an instant, here or elsewhere, now or later."""
    return f"""EXISTS (
        SELECT FROM duty_shift s WHERE s.unit = {unit} AND coalesce(s.ends_at, 'infinity'::timestamptz) > {since})"""


def has_handlers(unit: str, areas: str) -> str:
    """Whether anybody handles orders for the unit there."""
    return f"EXISTS (SELECT FROM {_HANDLER.format(unit=unit, areas=areas)})"


def is_on_duty(account: str, at: str) -> str:
    """Whether this person, still here, has a shift of the own unit at an instant, wherever it is."""
    return f"""EXISTS (
        SELECT FROM duty_shift s JOIN account a ON a.id = s.account AND a.is_active AND a.unit = s.unit
        WHERE s.account = {account} AND s.starts_at <= {at} AND coalesce(s.ends_at, 'infinity'::timestamptz) > {at})"""
