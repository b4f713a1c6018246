"""`yima photos keep`: retention by hand, or only told."""

import argparse

from backend import clock, rooms
from backend.commands.terminal import run, say
from backend.config import Settings
from media import service as media


def register(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Hang `photos` with its own commands into the house's commands."""
    verbs = commands.add_parser("photos", help="Keep what must be kept, drop what may not.").add_subparsers(
        required=True, metavar="verb"
    )
    keeping = verbs.add_parser("keep", help=keep.__doc__)
    keeping.add_argument("--dry-run", action="store_true", help="only tell what would go")
    keeping.set_defaults(run=keep)


def keep(arguments: argparse.Namespace, settings: Settings) -> None:
    """Apply retention to photos, as the nightly job does."""

    async def work() -> None:
        async with rooms.photos(settings):
            done = await media.keep_house(rooms.retention(settings), clock.now(), is_dry_run=arguments.dry_run)
        for name in done.__struct_fields__:
            say(f"{name}: {getattr(done, name)}\n")

    run(work)
