"""Pieces of SQL about duty that larger statements are made of. Each takes expressions, not values.

`load` gives the SQL that counts what an account holds: whoever owns the work says so. `areas` is the array of every
prefix that covers a place. Names within the pieces of a shift end in an underscore, so that an expression of the larger
statement, such as `a.id`, never means one of them.
"""

from collections.abc import Callable

from backend.accounts import sql as accounts
from backend.calendars import sql as calendar

Load = Callable[[str], str]


def list_in_force(unit: str, areas: str, at: str) -> str:
    """The name of the duty list by which a unit goes there at an instant; '' is the usual one.

    An emergency's list takes the place of the usual one, and of named duties, for a unit that has somebody on it there
    then. A unit with nobody on it goes on as usual: no emergency leaves orders without anybody.
    """
    return f"""(SELECT CASE WHEN r_.roster <> '' AND EXISTS (
            SELECT FROM duty_shift e_
            WHERE e_.unit_id = {unit} AND e_.roster = r_.roster AND e_.area_code = ANY({areas})
              AND e_.starts_at <= {at} AND coalesce(e_.ends_at, 'infinity'::timestamptz) > {at})
            THEN r_.roster ELSE '' END
        FROM (SELECT {calendar.roster_in_force(areas, at)} AS roster) r_)"""


def named(unit: str, item: str, areas: str, grid: str, at: str) -> str:
    """JSON of the most specific named duty whose person can act there, or null: also where an emergency's list counts.

    One for this very item before one for all, a beat before an area, a longer area before a shorter.
    """
    return f"""(
        SELECT jsonb_build_object('id', n.id, 'account_id', n.account_id, 'team_id', n.team_id,
            'supervisor_id', CASE WHEN {accounts.is_active("n.supervisor_id")} THEN n.supervisor_id END)
        FROM named_duty n
        WHERE n.unit_id = {unit} AND (n.item_id IS NULL OR n.item_id = {item})
          AND (n.area_code = ANY({areas})
               OR n.team_id IN (SELECT b.team_id FROM team_beat b WHERE b.grid_cell_id = {grid}))
          AND {accounts.is_handler("n.account_id", unit, areas)} AND {list_in_force(unit, areas, at)} = ''
        ORDER BY n.item_id IS NULL, n.team_id IS NULL, length(n.area_code) DESC, n.id LIMIT 1)"""


def on_duty(unit: str, areas: str, grid: str, at: str, load: Load) -> str:
    """JSON of everybody of the unit on duty there at an instant, as OnDuty; in no order."""
    return f"""(
        SELECT coalesce(jsonb_agg(jsonb_build_object(
            'account_id', d.account_id, 'since', d.since, 'area_code', d.area_code, 'load', {load("d.account_id")},
            'team_id', (
                SELECT min(t.id) FROM team_member m JOIN team t ON t.id = m.team_id AND t.unit_id = {unit}
                JOIN team_beat b ON b.team_id = t.id AND b.grid_cell_id = {grid} WHERE m.account_id = d.account_id),
            'point', CASE WHEN p.id IS NOT NULL THEN
                jsonb_build_object('lng', ST_X(p.point::geometry), 'lat', ST_Y(p.point::geometry)) END,
            'accuracy_m', p.accuracy_m, 'fix_at', p.at)), '[]')
        FROM ({_shifts(unit, areas, at)}) d LEFT JOIN staff_position p ON p.account_id = d.account_id)"""


def _shifts(unit: str, areas: str, at: str) -> str:
    """The handlers of the unit with a shift there at an instant: account_id, since, area_code; a row a shift."""
    return f"""
        SELECT s_.account_id, s_.starts_at AS since, s_.area_code FROM duty_shift s_
        WHERE s_.unit_id = {unit} AND s_.area_code = ANY({areas})
          AND coalesce(s_.ends_at, 'infinity'::timestamptz) > {at} AND s_.starts_at <= {at}
          AND s_.roster = {list_in_force(unit, areas, at)}
          AND {accounts.is_handler("s_.account_id", unit, areas)}"""


def stand(account: str, unit: str, areas: str, at: str) -> str:
    """JSON of where somebody of a unit is on duty there at an instant, else on call; null for whoever is neither.

    The last position only of somebody on duty: of nobody else it may be used.
    """
    return f"""(
        SELECT jsonb_build_object('is_on_duty', k_.is_on_duty, 'since', k_.since, 'area_code', k_.area_code,
            'point', CASE WHEN k_.is_on_duty AND p_.id IS NOT NULL THEN
                jsonb_build_object('lng', ST_X(p_.point::geometry), 'lat', ST_Y(p_.point::geometry)) END,
            'accuracy_m', p_.accuracy_m, 'fix_at', p_.at)
        FROM (
            SELECT true AS is_on_duty, s_.starts_at AS since, s_.area_code FROM duty_shift s_
            WHERE s_.account_id = {account} AND s_.unit_id = {unit} AND s_.area_code = ANY({areas})
              AND coalesce(s_.ends_at, 'infinity'::timestamptz) > {at} AND s_.starts_at <= {at}
              AND s_.roster = {list_in_force(unit, areas, at)}
            UNION ALL
            SELECT false, c_.since, c_.area_code FROM on_call c_
            WHERE c_.account_id = {account} AND c_.area_code = ANY({areas}) AND c_.since <= {at} AND c_.until > {at}
        ) k_ LEFT JOIN staff_position p_ ON p_.account_id = {account}
        ORDER BY k_.is_on_duty DESC, length(k_.area_code) DESC, k_.since LIMIT 1)"""


def keeps_roster(unit: str, since: str) -> str:
    """Whether the unit has any usual shift that ends after an instant, here or elsewhere, now or later."""
    return f"""EXISTS (
        SELECT FROM duty_shift s_
        WHERE s_.unit_id = {unit} AND s_.roster = '' AND coalesce(s_.ends_at, 'infinity'::timestamptz) > {since})"""


def is_anybody_on_call(areas: str, at: str) -> str:
    """Whether anybody waits there for orders to grab at an instant, and may take them."""
    return f"""EXISTS (
        SELECT FROM on_call c_
        WHERE c_.area_code = ANY({areas}) AND c_.since <= {at} AND c_.until > {at}
          AND {accounts.is_grabber("c_.account_id", areas)})"""


def is_on_duty(account: str, at: str) -> str:
    """Whether this person, still here, has a shift of the own unit at an instant, wherever it is.

    One of an emergency's list counts while an emergency there calls for that list.
    """
    return f"""EXISTS (
        SELECT FROM duty_shift s_
        WHERE s_.account_id = {account} AND s_.starts_at <= {at}
          AND coalesce(s_.ends_at, 'infinity'::timestamptz) > {at}
          AND (s_.roster = '' OR {calendar.is_called_for("s_.roster", "s_.area_code", at)})
          AND {accounts.works_for("s_.account_id", "s_.unit_id")})"""
