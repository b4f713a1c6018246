"""The statement of candidates in its parts, for larger statements too: its rule is that of duplicates.py.

In front stands a CTE `seen` of one row at most: `loc`, `place_id`, `only_here`, `now`. It is a wall, so that the plan
does not depend on the values and is made once for a connection. Then comes one of the ways to orders (`AT_A_PLACE`,
`about_item`, `one_order`) in `found`, which applies the rule to what the way leads to, and `listed` tells the result.
"""

from datetime import datetime
from typing import Any

from backend.geo.coarse import coarse_sql, is_at_plate_sql
from backend.orders.model.names import ItemName
from backend.orders.model.sources import UNREPORTED_SQL
from backend.orders.model.states import OPEN, State, quoted
from backend.reports.structs import Candidate
from backend.structs import Read
from media import queries as media
from media.structs import Thumb

_OPEN = f"({quoted(OPEN)})"
_ORDER = "o.id, o.number, o.state, o.item_id, o.opened_at, o.closed_at, o.loc, o.source_kind, o.place_id"
_SHOWN_AT = f"CASE WHEN {is_at_plate_sql('o.loc', 'p.loc')} THEN o.loc ELSE {coarse_sql('o.loc')} END"
"""Where strangers are told that an order is: distances to the true position would give it away."""
_FARTHEST = "(SELECT max(radius_m)::float8 FROM duplicate_rule)"
_OPENED_SINCE = "seen.now - (SELECT max(window_min) * interval '1 minute' FROM duplicate_rule)"
_CLOSED_SINCE = "seen.now - (SELECT max(closed_min) * interval '1 minute' FROM duplicate_rule)"


def seen(source: str) -> str:
    """The CTE of where somebody stands. Takes what follows SELECT: position, place, whether only there, and now."""
    return f"seen (loc, place_id, only_here, now) AS MATERIALIZED (SELECT {source})"


def point(lng: str, lat: str) -> str:
    return f"ST_SetSRID(ST_MakePoint({lng}, {lat}), 4326)::geography"


def _around(also: str = "true") -> str:
    """The open orders of the place and around it, each by an index of its own."""
    return f"""
        SELECT {_ORDER}, true AS is_here FROM seen JOIN work_order o ON o.place_id = seen.place_id
        WHERE o.state <> '{State.CLOSED}' AND o.state IN {_OPEN} AND {also}
        UNION ALL
        SELECT {_ORDER}, false FROM seen JOIN work_order o ON ST_DWithin(o.loc, seen.loc, {_FARTHEST})
        WHERE NOT seen.only_here AND o.opened_at >= {_OPENED_SINCE}
          AND (o.place_id = seen.place_id) IS NOT TRUE AND o.state IN {_OPEN} AND {also}
    """


AT_A_PLACE = f"""
    {_around()} UNION ALL
    SELECT {_ORDER}, true FROM seen JOIN work_order o ON o.place_id = seen.place_id AND o.closed_at >= {_CLOSED_SINCE}
    WHERE o.state = '{State.CLOSED}'
"""
"""About any item: open ones here and around, of the closed ones only those of the very place."""


def about_item(item: str) -> str:
    """About one item: open or closed just now, here and around."""
    return f"""
        {_around(f"o.item_id = {item}")} UNION ALL
        SELECT {_ORDER}, coalesce(o.place_id = seen.place_id, false)
        FROM seen JOIN work_order o ON o.item_id = {item} AND o.closed_at >= {_CLOSED_SINCE}
        WHERE o.state = '{State.CLOSED}'
    """


def one_order(order: str) -> str:
    """This order alone."""
    return f"""
        SELECT {_ORDER}, coalesce(o.place_id = seen.place_id, false)
        FROM seen JOIN work_order o ON o.id = {order} WHERE o.state IN {_OPEN} OR o.state = '{State.CLOSED}'
    """


def found(way: str) -> str:
    """The CTEs behind `seen`: the orders at the end of a way to which the rule applies."""
    return f"""
    around (id, number, state, item_id, opened_at, closed_at, loc, source_kind, place_id, is_here) AS ({way}),
    found AS (
        SELECT o.id AS order_id, o.number, o.state, o.item_id AS item_code, i.name_zh, i.name_en, o.opened_at,
               o.closed_at,
               round(ST_Distance({_SHOWN_AT}, seen.loc)) AS distance_m,
               ST_Distance(o.loc, seen.loc) AS away_m, o.is_here,
               least(o.closed_at + rule.closed_min * interval '1 minute',
                     CASE WHEN NOT o.is_here THEN o.opened_at + rule.window_min * interval '1 minute' END) AS leaves_at
        FROM seen, around o JOIN item i ON i.code = o.item_id LEFT JOIN place p ON p.id = o.place_id
        CROSS JOIN LATERAL (
            SELECT * FROM duplicate_rule WHERE starts_with(o.item_id, prefix) ORDER BY length(prefix) DESC LIMIT 1
        ) rule
        WHERE rule.window_min > 0 AND o.source_kind NOT IN ({UNREPORTED_SQL}) AND o.opened_at <= seen.now
          AND (o.closed_at IS NULL OR o.closed_at >= seen.now - rule.closed_min * interval '1 minute')
          AND (o.is_here OR NOT seen.only_here AND o.opened_at >= seen.now - rule.window_min * interval '1 minute'
               AND ST_DWithin(o.loc, seen.loc, rule.radius_m::float8))
    )"""


CHANGES_AT = """least((SELECT min(leaves_at) FROM found),
    (SELECT min(a.opened_at) FROM around a, seen WHERE a.opened_at > seen.now))"""
"""When time alone will first make `listed` say something else, as far as is known now; null: never."""
_SAID = ", ".join(
    f"f.{column}"
    for column in (
        "order_id",
        "number",
        "state",
        "item_code",
        "name_zh",
        "name_en",
        "opened_at",
        "closed_at",
        "distance_m",
        "is_here",
    )
)


def listed(most: str, reader: str | None = None) -> str:
    """The likeliest of `found` first, as a JSON array of `Line`. `reader`: the account whose own reports are told."""
    steps = "ARRAY(SELECT s.id FROM order_step s WHERE s.order_id = f.order_id AND s.move IN ('open', 'join'))"
    own = "SELECT r.tracking_token FROM report r WHERE r.order_id = f.order_id AND r.reporter_id = "
    own_token = f", ({own}{reader} ORDER BY r.id LIMIT 1) AS own_token" if reader else ""
    return f"""(SELECT json_agg(line) FROM (
        SELECT {_SAID}, {media.first_public(steps)} AS thumb,
               (SELECT 1 + count(DISTINCT account_id) FROM order_follower w WHERE w.order_id = f.order_id) AS reporters
               {own_token}
        FROM found f
        WHERE f.is_here OR NOT EXISTS (SELECT FROM found h WHERE h.is_here AND h.item_code = f.item_code)
        ORDER BY f.closed_at IS NOT NULL, NOT f.is_here, f.away_m, f.opened_at DESC, f.order_id LIMIT {most}
    ) line)"""


class CandidateRow(Read, frozen=True, kw_only=True):
    """One of what `listed` lists."""

    order_id: int
    number: str
    state: str
    item_code: str
    name_zh: str
    name_en: str
    opened_at: datetime
    closed_at: datetime | None
    distance_m: float
    is_here: bool
    thumb: Thumb | None
    reporters: int
    own_token: str | None = None
    """Of the reader's own report of it."""


_PLAIN = ("order_id", "number", "state", "opened_at", "closed_at", "distance_m", "is_here", "reporters")


def candidate(line: CandidateRow, now: datetime) -> Candidate:
    """The same as a stranger may know of it."""
    facts: dict[str, Any] = {name: getattr(line, name) for name in _PLAIN}
    return Candidate(
        **facts,
        item=ItemName(code=line.item_code, name_zh=line.name_zh, name_en=line.name_en),
        age_min=max(0, int((now - line.opened_at).total_seconds() // 60)),
        thumb_url=media.thumb_url(line.thumb, now) if line.thumb else None,
    )
