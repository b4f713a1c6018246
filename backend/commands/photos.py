"""`yima photos keep`, retention by hand or only told; `yima photos let-go`, the end of a hold."""

import argparse

from backend import clock, runtimes
from backend.accounts import queries as accounts
from backend.commands.terminal import CommandFailed, run, say
from backend.config import Settings
from backend.orders import verbs as orders
from media import service as media


def register(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `photos` and its commands to the command line."""
    verbs = commands.add_parser("photos", help="Keep what must be kept, drop what may not.").add_subparsers(
        required=True, metavar="verb"
    )
    keeping = verbs.add_parser("keep", help=keep.__doc__)
    keeping.add_argument("--dry-run", action="store_true", help="only tell what would go")
    keeping.set_defaults(run=keep)
    releasing = verbs.add_parser("let-go", help=release.__doc__)
    releasing.add_argument("number", help="the order's number")
    releasing.add_argument("--as", dest="username", required=True, help="who decides so; the log names them")
    releasing.set_defaults(run=release)


def keep(arguments: argparse.Namespace, settings: Settings) -> None:
    """Apply retention to photos, as the nightly job does."""

    async def work() -> None:
        async with runtimes.photos(settings):
            done = await media.apply_retention(runtimes.retention(settings), clock.now(), is_dry_run=arguments.dry_run)
        for name in done.__struct_fields__:
            say(f"{name}: {getattr(done, name)}\n")

    run(work)


def release(arguments: argparse.Namespace, _settings: Settings) -> None:
    """End the hold on the photos of an order that was disputed."""

    async def work() -> int:
        account_id = await accounts.find_account_id(arguments.username)
        if account_id is None:
            raise CommandFailed(f"nobody is called {arguments.username}")
        return await orders.release_photos(arguments.number, await accounts.get_actor(account_id), clock.now())

    say(f"let go: {run(work)}\n")
