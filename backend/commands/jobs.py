"""`yima jobs state|list|requeue`: how the queue stands, what is in trouble, and another try for it."""

import argparse

from backend.commands.answers import Commands, command, family
from backend.events import pending
from backend.jobs import queries as jobs
from backend.jobs import queue


def register(commands: Commands) -> None:
    """Add the commands about jobs to the command line."""
    own = family(commands, "jobs", "The queue: messages, copies of photos, recounts.")
    command(
        own,
        "state",
        _state,
        "Show by name how many jobs and facts wait, run and are held, and the age of the oldest.",
    )
    listing = command(own, "list", _list, "List the jobs that are held, and those that failed and will be tried again.")
    listing.add_argument("--limit", type=int, default=100)
    again = command(own, "requeue", _requeue, "Let jobs run now that are held or wait for another try.")
    which = again.add_mutually_exclusive_group(required=True)
    which.add_argument("ids", type=int, nargs="*", default=[], metavar="ID")
    which.add_argument("--name", help="all jobs of this name, such as push.notify_desk")
    which.add_argument("--all", action="store_true")


async def _state(_: argparse.Namespace) -> object:
    return await pending.get_state()


async def _list(arguments: argparse.Namespace) -> object:
    return await jobs.list_tried(arguments.limit)


async def _requeue(arguments: argparse.Namespace) -> object:
    return {"requeued": await queue.requeue(arguments.ids or None, arguments.name)}
