"""The timetable of an area as one SQL expression, so that a larger statement can take it in. Takes expressions."""


def timetable(areas: str, since: str, with_days: str) -> str:
    """JSON of a Timetable. `areas` is the array of prefixes that cover the area, `since` the first instant of interest;
    days are left out unless `with_days` is true, since only working time asks for them.
    """
    return f"""jsonb_build_object(
        'days', CASE WHEN {with_days} THEN {_days(areas, since)} ELSE '{{}}'::jsonb END,
        'windows', {_windows(areas)}, 'modes', {_modes(areas, since)}, 'stretches', {_stretches(areas, since)})"""


def roster_in_force(areas: str, at: str) -> str:
    """The duty list that an emergency calls for over a place at an instant: its name, or '' for the usual one.

    Which emergency counts is the rule of `structs.in_force`; a test holds the two against each other.
    """
    return f"""coalesce((
        SELECT x_.roster FROM emergency_stretch x_ WHERE x_.area_code = ANY({areas}) AND x_.starts_at <= {at}
          AND (x_.ends_at IS NULL OR x_.ends_at > {at})
        ORDER BY x_.level, length(x_.area_code) DESC LIMIT 1), '')"""


def is_called_for(roster: str, area: str, at: str) -> str:
    """Whether an emergency that touches an area calls for this duty list at an instant."""
    return f"""EXISTS (
        SELECT FROM emergency_stretch x_ WHERE x_.roster = {roster} AND x_.starts_at <= {at}
          AND (x_.ends_at IS NULL OR x_.ends_at > {at})
          AND (starts_with(x_.area_code, {area}) OR starts_with({area}, x_.area_code)))"""


def _days(areas: str, since: str) -> str:
    return f"""(
        SELECT coalesce(jsonb_object_agg(day.on_date, jsonb_build_object(
            'is_workday', day.is_workday, 'note', day.note)), '{{}}'::jsonb)
        FROM (
            SELECT DISTINCT ON (on_date) on_date, is_workday, note FROM calendar_day
            WHERE area_code = ANY({areas}) AND on_date >= ({since} AT TIME ZONE 'Asia/Shanghai')::date
            ORDER BY on_date, length(area_code) DESC
        ) day)"""


def _windows(areas: str) -> str:
    return f"""(
        SELECT coalesce(jsonb_object_agg(clock, hours), '{{}}'::jsonb) FROM (
            SELECT clock, jsonb_agg(jsonb_build_object('opens_min', opens_min, 'closes_min', closes_min)
                ORDER BY opens_min) AS hours
            FROM (
                SELECT *, rank() OVER (PARTITION BY clock ORDER BY length(area_code) DESC) AS nearness
                FROM clock_window WHERE area_code = ANY({areas})
            ) ranked WHERE nearness = 1 GROUP BY clock
        ) per_clock)"""


def _modes(areas: str, since: str) -> str:
    return f"""(
        SELECT coalesce(jsonb_agg(jsonb_build_object('level', level, 'starts_at', starts_at, 'ends_at', ends_at)
            ORDER BY starts_at), '[]'::jsonb)
        FROM weather_mode WHERE area_code = ANY({areas}) AND (ends_at IS NULL OR ends_at > {since}))"""


def _stretches(areas: str, since: str) -> str:
    return f"""(
        SELECT coalesce(jsonb_agg(jsonb_build_object('area_code', area_code, 'level', level, 'starts_at', starts_at,
            'ends_at', ends_at, 'roster', roster, 'clocks', clocks) ORDER BY starts_at), '[]'::jsonb)
        FROM emergency_stretch WHERE area_code = ANY({areas}) AND (ends_at IS NULL OR ends_at > {since}))"""
