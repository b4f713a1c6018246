"""`yima demo past`: a made-up past of the demonstration street, for whoever wants to see the pages of the centre."""

import argparse
import time

from backend import clock
from backend.commands.answers import Commands, family
from backend.commands.terminal import CommandFailed, run, say
from backend.config import Settings
from backend.demo.past.load import MadePast, OutsideDemo, load_past

_OUTSIDE = (
    "只能在演示街镇上生成:请先执行 make run(演示模式)。\n"
    "only on a demonstration street, whose data are invented anyway: type `make run` first, in demo mode"
)
_THERE = "演示历史已经存在,未做任何更改。\nthe past is there already; nothing was changed\n"
_MADE = "已生成 {orders} 件工单及其历史,用时 {seconds:.0f} 秒。以 street_admin 登录查看。\n" + (
    "made {orders} orders and what became of them in {seconds:.0f} s. Sign in as street_admin: /board, /evaluation,"
    " /indicators, /opinion, /campaigns, /emergencies\n"
)


def register(commands: Commands) -> None:
    """Add `demo` and its command to the command line."""
    own = family(commands, "demo", "The demonstration street: a made-up past, to see what figures look like.")
    past = own.add_parser("past", help=_past.__doc__, description=_past.__doc__)
    past.set_defaults(run=_past)


def _past(_: argparse.Namespace, settings: Settings) -> None:
    """Make up eighteen weeks of orders, a campaign, an emergency and visits, once; a minute or two."""
    began = time.monotonic()
    say("… eighteen weeks of the demo street / 生成演示街镇十八周历史\n")
    try:
        made: MadePast = run(lambda: load_past(settings, clock.now()))
    except OutsideDemo as error:
        raise CommandFailed(_OUTSIDE) from error
    say(_MADE.format(orders=made.orders, seconds=time.monotonic() - began) if made.is_new else _THERE)
