"""`yima calendar|weather|clock|ladder …`: what counts, why a deadline is what it is, and who would be told."""

import argparse
from datetime import date, time, timedelta

import msgspec

from backend import clock
from backend.calendars import queries as calendar
from backend.calendars import service as calendars
from backend.calendars.rules import SHANGHAI
from backend.calendars.structs import WeatherLevel, Window
from backend.commands.answers import Commands
from backend.commands.answers import area as _area_code
from backend.commands.answers import command as _command
from backend.commands.answers import family as _family
from backend.commands.answers import instant as _instant
from backend.commands.answers import year as _year
from backend.items.structs import Clock
from backend.orders.deadlines import explaining, offer_policies, policies
from backend.orders.deadlines.escalation import escalating
from backend.orders.deadlines.policies import LimitsInput

_DAY_MIN = 24 * 60


def register(commands: Commands) -> None:
    """Add the commands about time to the command line."""
    _add_calendar(_family(commands, "calendar", "Holidays and swapped workdays."))
    _add_weather(_family(commands, "weather", "Red and orange weather, which halves limits."))
    _add_clock(_family(commands, "clock", "Limits, windows of offers, and why a deadline is what it is."))
    _add_ladder(_family(commands, "ladder", "The escalation ladder."))


def _add_calendar(family: Commands) -> None:
    _command(family, "seed", _seed, "Take over every year that the chinese-calendar package knows.")
    change = _command(family, "set", _set_days, "Make days working days or holidays, for the country or an area.")
    change.add_argument("days", type=_days, help="2027-02-05 or 2027-02-05..2027-02-11")
    change.add_argument("kind", choices=("workday", "holiday", "forget"))
    change.add_argument("--note", default="")
    _area(change)
    hours = _command(family, "hours", _set_hours, "Set the hours that a clock counts; none: those of the areas above.")
    hours.add_argument("clock", choices=(Clock.SERVICE.value, Clock.WORK.value))
    hours.add_argument("hours", type=_hours, nargs="*", help="09:00-12:00 13:00-17:00; 22:00-06:00 goes over midnight")
    _area(hours)
    show = _command(family, "show", _show_days, "Show what is laid down for a year.")
    show.add_argument("--year", type=_year, default=None)
    _area(show)


def _add_weather(family: Commands) -> None:
    switch_on = _command(family, "on", _weather_on, "Switch a weather mode on, from now unless told otherwise.")
    switch_on.add_argument("level", choices=[level.value for level in WeatherLevel])
    switch_on.add_argument("--from", dest="starts_at", type=_instant, default=None)
    switch_on.add_argument("--until", dest="ends_at", type=_instant, default=None)
    for command in (switch_on, _command(family, "off", _weather_off, "End the modes of exactly this area.")):
        _area(command)


def _add_clock(family: Commands) -> None:
    show = _command(family, "explain", _explain, "Show the deadlines of an order that would be opened then, and why.")
    show.add_argument("item", help="code of the sub-item, such as A101")
    show.add_argument("start", type=_instant, help="2026-10-01T23:50:00+08:00; without a zone it is Shanghai's")
    _area(show)
    change = _command(family, "limits", _set_limits, "Set the minutes of an item's stages within an area.")
    change.add_argument("item")
    for stage in ("respond", "arrive", "safe", "resolve", "verify"):
        change.add_argument(f"--{stage}-min", type=int, default=None)
    _area(change)
    window = _command(family, "offer", _set_offer_window, "Set for how long orders to grab are offered in an area.")
    window.add_argument("window_min", type=int, nargs="?", help="minutes; left out, nothing is said there any more")
    window.add_argument("--people", type=int, default=1, help="how many people an order needs")
    window.add_argument("--item", default="", help="an item or the beginning of its code, such as A3")
    window.add_argument("--priority", dest="priorities", action="append", default=[], help="P1 to P4; without it all")
    _area(window)


def _add_ladder(family: Commands) -> None:
    _command(family, "seed", _seed_ladder, "Lay down the default ladder where there is none.")
    trial = _command(family, "dry-run", _dry_run, "List who would be told until an instant, and tell nobody.")
    trial.add_argument("--at", type=_instant, default=None)


async def _seed(_: argparse.Namespace) -> object:
    return {"changed": await calendars.seed(), "years": await calendar.list_known_years()}


async def _set_days(arguments: argparse.Namespace) -> object:
    if arguments.kind == "forget":
        await calendars.forget_days(arguments.area, arguments.days)
    else:
        is_workday = arguments.kind == "workday"
        await calendars.set_days(arguments.area, arguments.days, is_workday=is_workday, note=arguments.note)
    return await calendar.list_days(arguments.area, arguments.days[0], arguments.days[-1])


async def _set_hours(arguments: argparse.Namespace) -> object:
    windows = [window for stretch in arguments.hours for window in stretch]
    await calendars.set_windows(arguments.area, arguments.clock, windows)
    return (await calendar.get_timetable(arguments.area, clock.now(), with_days=False)).windows


async def _show_days(arguments: argparse.Namespace) -> object:
    now = clock.now()
    year = arguments.year or now.astimezone(SHANGHAI).year
    return {
        "area": arguments.area,
        "years": await calendar.list_known_years(),
        "missing": await calendar.find_gap(now),
        "days": await calendar.list_days(arguments.area, date(year, 1, 1), date(year, 12, 31)),
        "hours": (await calendar.get_timetable(arguments.area, now, with_days=False)).windows,
        "weather": await calendar.list_modes(arguments.area, now),
    }


async def _weather_on(arguments: argparse.Namespace) -> object:
    starts_at = arguments.starts_at or clock.now()
    await calendars.set_weather(arguments.area, WeatherLevel(arguments.level), starts_at, arguments.ends_at)
    return await calendar.list_modes(arguments.area, starts_at)


async def _weather_off(arguments: argparse.Namespace) -> object:
    return {"ended": await calendars.end_weather(arguments.area, clock.now())}


async def _explain(arguments: argparse.Namespace) -> object:
    return await explaining.explain(arguments.item, arguments.area, arguments.start)


async def _set_limits(arguments: argparse.Namespace) -> object:
    named = {name: value for name, value in vars(arguments).items() if name.endswith("_min")}
    await policies.set_policy(arguments.item, arguments.area, msgspec.convert(named, LimitsInput))
    return await explaining.explain(arguments.item, arguments.area, clock.now())


async def _set_offer_window(arguments: argparse.Namespace) -> object:
    which = {"item_prefix": arguments.item, "priorities": arguments.priorities}
    if arguments.window_min is None:
        await offer_policies.remove_window(arguments.area, **which)
    else:
        said = which | {"window_min": arguments.window_min, "people_needed": arguments.people}
        await offer_policies.set_window(arguments.area, msgspec.convert(said, offer_policies.OfferWindow))
    return await offer_policies.list_windows()


async def _seed_ladder(_: argparse.Namespace) -> object:
    return {"rungs": await escalating.seed()}


async def _dry_run(arguments: argparse.Namespace) -> object:
    now = clock.now()
    return await explaining.dry_run(arguments.at or now, now)


def _area(command: argparse.ArgumentParser) -> None:
    command.add_argument("--area", type=_area_code, default="", help="national area code; without it the whole country")


def _days(text: str) -> list[date]:
    first, _, last = text.partition("..")
    start, end = date.fromisoformat(first), date.fromisoformat(last or first)
    if end < start:
        raise argparse.ArgumentTypeError("the last day comes before the first")
    for day in (start, end):
        _year(str(day.year))
    return [start + timedelta(days=number) for number in range((end - start).days + 1)]


def _hours(text: str) -> list[Window]:
    """One stretch of a day; over midnight it is two: until then, and from then on."""
    opens, closes = (_minute(end) for end in text.split("-"))
    if opens < closes:
        return [Window(opens_min=opens, closes_min=closes)]
    late = Window(opens_min=opens, closes_min=_DAY_MIN)
    return [Window(opens_min=0, closes_min=closes), late] if closes else [late]


def _minute(text: str) -> int:
    if text == "24:00":
        return _DAY_MIN
    at = time.fromisoformat(text)
    return at.hour * 60 + at.minute
