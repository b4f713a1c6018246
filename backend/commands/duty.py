"""`yima duty explain|load`: who would get an order and why; fill units, people, rosters and beats from files."""

import argparse
from pathlib import Path

from backend import clock
from backend.commands.answers import Commands, area, command, family, instant
from backend.duty.loading import runs
from backend.duty.loading.kinds import FileKind
from backend.duty.structs import Post
from backend.geo.lonlat import LonLat
from backend.orders.assignment import responsibility


def register(commands: Commands) -> None:
    """Add `duty` and its commands to the command line."""
    verbs = family(commands, "duty", "Who answers for what, where and when.")
    show = command(verbs, "explain", _explain, "Show who would get an order, by which rule, and why.")
    show.add_argument("item", help="code of the sub-item, such as A101")
    show.add_argument("--area", type=area, required=True, help="national area code of the order")
    show.add_argument("--grid", default="", help="its grid cell, 15 digits")
    show.add_argument("--at", type=instant, default=None, help="2026-10-01T23:50:00+08:00; now unless told otherwise")
    show.add_argument("--point", type=_point, default=None, help="121.5537,31.1786 in WGS-84: then metres are known")
    fill = command(verbs, "load", _load, "Load CSV files: each is taken whole, or not at all.")
    for kind in FileKind:
        fill.add_argument(f"--{kind}", type=Path, default=None, metavar="FILE")


async def _load(arguments: argparse.Namespace) -> object:
    given = vars(arguments)
    return await runs.load({kind: given[kind] for kind in FileKind if given[kind] is not None}, clock.now())


async def _explain(arguments: argparse.Namespace) -> object:
    post = Post(item_code=arguments.item, area_code=arguments.area, grid_code=arguments.grid, point=arguments.point)
    return await responsibility.explain(post, arguments.at or clock.now())


def _point(text: str) -> LonLat:
    lng, lat = text.split(",")
    return LonLat(float(lng), float(lat))
