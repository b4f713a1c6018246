"""`yima volunteers check`: whether the ledgers of hours and points are what the facts say."""

import argparse

from backend.commands.answers import Commands, command, family
from grab_orders.ledgers import auditing


def register(commands: Commands) -> None:
    """Add the commands about volunteers to the command line."""
    own = family(commands, "volunteers", "Volunteers: hours and points.")
    command(own, "check", _check, "Work both ledgers out again from the facts, and name each row that differs.")


async def _check(_: argparse.Namespace) -> object:
    return await auditing.audit()
