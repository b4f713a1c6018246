"""The import of routes from beginning to end: read, group, resolve, lay down, report. Called by the command line."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from pathlib import Path

from backend.committees.duty_list import queries as duty_list
from backend.committees.duty_list.structs import TaskTemplateRead
from backend.committees.patrols import routes, rules
from backend.committees.patrols.importing import lines
from backend.committees.patrols.importing.lines import LineRefused, RouteKey, StopLine, StopReason
from backend.committees.patrols.importing.report import RoutesReport
from backend.committees.patrols.structs import RouteDraft
from backend.geo.area_codes import TOWN_CHARS
from backend.places import queries as places
from backend.places.importing.opening import open_file
from backend.places.importing.source import ImportSource
from qr.place_lines import Parse, resolve

Refusals = dict[int, tuple[StopReason, str]]


async def import_routes(path: Path, errors_path: Path, parse: Parse, now: datetime) -> RoutesReport:
    """Lay down the routes of a file, each whole or not at all. Raises FileRefused where nothing can be read."""
    source = open_file(path, None, lines.HEADINGS)
    lines.require_columns(source.columns)
    report, cells = RoutesReport(), dict[int, list[str]]()
    stops, keys_broken = _read(source, report, cells)
    tasks = await _tasks({*keys_broken, *(stop.key for stop in stops)})
    groups = dict[RouteKey, list[StopLine]]()
    for stop in stops:
        groups.setdefault(_by_code(stop.key, tasks), []).append(stop)
    broken = {_by_code(key, tasks) for key in keys_broken}
    for key, group in groups.items():
        if key in broken:
            _refuse(report, _incomplete(group))
        else:
            await _import_route(key, group, tasks, parse, now, report)
    report.refused_routes += len(broken - groups.keys())
    if report.refused:
        report.write_errors(errors_path, source.headings, cells)
    return report


def _read(
    source: ImportSource, report: RoutesReport, cells: dict[int, list[str]]
) -> tuple[list[StopLine], list[RouteKey]]:
    """The lines that can be read, and the routes of those that cannot."""
    stops, broken = list[StopLine](), list[RouteKey]()
    for raw in source.rows():
        report.read += 1
        cells[raw.line] = source.cells_of(raw)
        try:
            stops.append(lines.read(raw))
        except LineRefused as why:
            report.refused[raw.line] = why.reason, why.detail
            broken += [key] if (key := lines.key_of(raw)) else []
    return stops, broken


def _by_code(key: RouteKey, tasks: Mapping[tuple[str, str], TaskTemplateRead]) -> RouteKey:
    """The same route whether its task is called by its code or by its name."""
    template = tasks.get((key.committee_code, key.task))
    return RouteKey(key.committee_code, template.code, key.route) if template else key


async def _tasks(keys: Collection[RouteKey]) -> dict[tuple[str, str], TaskTemplateRead]:
    """The dictionaries of the towns that a file is about: by the committee's code and the task's code or name."""
    found: dict[tuple[str, str], TaskTemplateRead] = {}
    for committee in sorted({key.committee_code for key in keys}):
        if not (await places.list_areas(committee, limit=1)).items:
            continue
        for template in await duty_list.list_templates(committee[:TOWN_CHARS]):
            found |= {(committee, name): template for name in ("", template.code, template.name_zh)}
    return found


async def _import_route(
    key: RouteKey,
    stops: Sequence[StopLine],
    tasks: Mapping[tuple[str, str], TaskTemplateRead],
    parse: Parse,
    now: datetime,
    report: RoutesReport,
) -> None:
    template = tasks.get((key.committee_code, key.task))
    if template is None:
        is_known = (key.committee_code, "") in tasks
        reason = StopReason.UNKNOWN_TASK if is_known else StopReason.UNKNOWN_COMMITTEE
        detail = key.task if is_known else key.committee_code
        _refuse(report, {stop.line: (reason, detail) for stop in stops})
        return
    ordered = sorted(stops, key=lambda stop: stop.seq)  # stable: lines without a number keep their order
    resolved = await resolve({stop.line: stop.place for stop in ordered}, key.committee_code, parse)
    refused = {line: (StopReason(why.value), "") for line, why in resolved.refused.items()}
    if len(stops) > rules.STOPS_MOST:
        refused |= {stop.line: (StopReason.TOO_MANY, f"{rules.STOPS_MOST}") for stop in ordered[rules.STOPS_MOST :]}
    if refused:
        _refuse(report, _incomplete(stops) | refused)
        return
    draft = RouteDraft(
        committee_code=key.committee_code,
        template_id=template.id,
        name=key.route,
        place_ids=[resolved.places[stop.line] for stop in ordered],
    )
    report.routes[(await routes.set_route(draft, None, now)).change] += 1


def _incomplete(stops: Sequence[StopLine]) -> Refusals:
    return {stop.line: (StopReason.ROUTE_INCOMPLETE, stop.route) for stop in stops}


def _refuse(report: RoutesReport, refused: Refusals) -> None:
    report.refused |= refused
    report.refused_routes += 1
