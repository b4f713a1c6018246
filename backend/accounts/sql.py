"""Pieces of SQL about people that larger statements are made of. Each takes expressions, not values.

`areas` is the array of every prefix that covers a place, `unit` the id of a unit. Names within end in an underscore, so
that an expression of the larger statement, such as `a.id`, never means one of them.
"""

# Somebody who is still here and handles orders for a unit within an area. A role without an area adds nothing.
_HANDLER = """
    account a_ JOIN role_grant g_ ON g_.account_id = a_.id AND g_.role = 'handler'
        AND g_.area_code = ANY({areas}) AND g_.area_code <> ''
    WHERE a_.is_active AND a_.unit_id = {unit}"""


def is_active(account: str) -> str:
    """Whether somebody is still here."""
    return f"EXISTS (SELECT FROM account a_ WHERE a_.id = {account} AND a_.is_active)"


def is_handler(account: str, unit: str, areas: str) -> str:
    """Whether this person handles orders for the unit there."""
    return f"EXISTS (SELECT FROM {_HANDLER.format(unit=unit, areas=areas)} AND a_.id = {account})"


def on_duty(unit: str, areas: str, at: str) -> str:
    """The handlers of the unit with a shift there at an instant: account_id, since, area_code; a row a shift."""
    return f"""
        SELECT s_.account_id, s_.starts_at AS since, s_.area_code FROM duty_shift s_
        WHERE s_.unit_id = {unit} AND s_.area_code = ANY({areas})
          AND coalesce(s_.ends_at, 'infinity'::timestamptz) > {at} AND s_.starts_at <= {at}
          AND {is_handler("s_.account_id", unit, areas)}"""


def keeps_roster(unit: str, since: str) -> str:
    """Whether the unit has any shift that ends after an instant, here or elsewhere, now or later."""
    return f"""EXISTS (
        SELECT FROM duty_shift s_
        WHERE s_.unit_id = {unit} AND coalesce(s_.ends_at, 'infinity'::timestamptz) > {since})"""


def has_handlers(unit: str, areas: str) -> str:
    """Whether anybody handles orders for the unit there."""
    return f"EXISTS (SELECT FROM {_HANDLER.format(unit=unit, areas=areas)})"


def is_on_duty(account: str, at: str) -> str:
    """Whether this person, still here, has a shift of the own unit at an instant, wherever it is."""
    return f"""EXISTS (
        SELECT FROM duty_shift s_ JOIN account a_ ON a_.id = s_.account_id AND a_.is_active AND a_.unit_id = s_.unit_id
        WHERE s_.account_id = {account} AND s_.starts_at <= {at}
          AND coalesce(s_.ends_at, 'infinity'::timestamptz) > {at})"""
