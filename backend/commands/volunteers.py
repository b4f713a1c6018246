"""`yima volunteers check|ask`: whether the ledgers are what the facts say; what items ask of whoever grabs."""

import argparse

import msgspec

from backend.commands.answers import Commands, command, family
from grab_orders.ledgers import auditing
from grab_orders.offers import requirements
from grab_orders.offers.requirements import Requirement
from grab_orders.people.structs import Skill


def register(commands: Commands) -> None:
    """Add the commands about volunteers to the command line."""
    own = family(commands, "volunteers", "Volunteers: hours, points, and what items ask of whoever grabs.")
    command(own, "check", _check, "Work both ledgers out again from the facts, and name each row that differs.")
    ask = command(own, "ask", _ask, "Say what an item asks of whoever grabs it; without an item, list it.")
    ask.add_argument("item", nargs="?", help="B101, or the beginning of codes such as B / 事项或其前几位")
    ask.add_argument("--skill", choices=[skill.value for skill in Skill], help="技能")
    ask.add_argument("--adults-only", action="store_true", help="仅限成年人")
    ask.add_argument("--points", type=int, help="instead of what the priority gives / 积分")
    ask.add_argument("--nothing", action="store_true", help="let the shorter beginning say it again / 取消")


async def _check(_: argparse.Namespace) -> object:
    return await auditing.audit()


async def _ask(arguments: argparse.Namespace) -> object:
    if arguments.item and arguments.nothing:
        await requirements.remove_requirement(arguments.item)
    elif arguments.item:
        given = {"skill": arguments.skill, "is_adults_only": arguments.adults_only, "points": arguments.points}
        await requirements.set_requirement(msgspec.convert({"item_prefix": arguments.item, **given}, Requirement))
    return await requirements.list_requirements()
