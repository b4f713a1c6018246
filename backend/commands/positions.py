"""`yima fixes thin`: forget where handlers were, by hand or only told."""

import argparse

from backend import clock, runtimes
from backend.commands.terminal import run, say
from backend.config import Settings
from backend.orders import verbs as orders


def register(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `fixes` and its command to the command line."""
    verbs = commands.add_parser("fixes", help="Forget where handlers were.").add_subparsers(
        required=True, metavar="verb"
    )
    thinning = verbs.add_parser("thin", help=thin.__doc__)
    thinning.add_argument("--dry-run", action="store_true", help="only tell what would go")
    thinning.set_defaults(run=thin)


def thin(arguments: argparse.Namespace, settings: Settings) -> None:
    """Forget the raw fixes of orders that ended long ago, as the nightly job does."""
    done = run(lambda: orders.prune_fixes(runtimes.fixes_for(settings), clock.now(), is_dry_run=arguments.dry_run))
    for name in done.__struct_fields__:
        say(f"{name}: {getattr(done, name)}\n")
