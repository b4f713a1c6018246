"""`yima indicators recount|table|read`: count everything anew, write the table of what ships, ask for a figure."""

import argparse
from datetime import date

from backend import clock
from backend.commands.answers import Commands, command, family
from backend.commands.terminal import CommandFailed, say
from backend.indicators.counting import recount
from backend.indicators.queries import Grain, Period, read_figures
from backend.indicators.registry import table


def register(commands: Commands) -> None:
    """Add `indicators` and its commands to the command line."""
    own = family(commands, "indicators", "Figures: count them anew, list what ships, ask for some.")
    anew = command(own, "recount", _recount, "Count everything anew, note and mend what differs.")
    anew.add_argument("--check", action="store_true", help="fail where anything differed / 有差异则返回失败")
    anew.add_argument("--piece", type=int, default=recount.PIECE, help="orders, patrols or inspections at once")
    listing = own.add_parser("table", help=_table.__doc__, description=_table.__doc__)
    listing.set_defaults(run=_table, needs="nothing")
    reading = command(own, "read", _read, "Figures of indicators in areas, for days of Shanghai.")
    reading.add_argument("codes", nargs="+", metavar="CODE")
    reading.add_argument("--area", action="append", required=True, help="310115105; several give a figure each")
    reading.add_argument("--first", type=date.fromisoformat, required=True, metavar="DAY")
    reading.add_argument("--last", type=date.fromisoformat, required=True, metavar="DAY")
    reading.add_argument("--by", type=Grain, choices=list(Grain), default=Grain.AREA)


async def _recount(arguments: argparse.Namespace) -> object:
    done = await recount.recount(clock.now(), piece=max(1, arguments.piece))
    if arguments.check and done.differences:
        orders, others, rows = done.order_differences, done.activity_differences, done.month_differences
        zh = f"工单 {orders},巡查和检查 {others},合计 {rows}"
        raise CommandFailed(f"已更正:{zh} / mended: {orders} orders, {others} patrols and inspections, {rows} sums")
    return done


def _table(_: argparse.Namespace, __: object) -> None:
    """Write the table of measures and of the indicators that ship, as docs/indicators.md holds it."""
    say(table.shipped_table())


async def _read(arguments: argparse.Namespace) -> object:
    period = Period(arguments.first, arguments.last)
    return await read_figures(arguments.codes, arguments.area, period, arguments.by)
