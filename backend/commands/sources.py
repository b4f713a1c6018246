"""`yima sources add|list|key|secret|close|classes`: systems that tell us something. Keys are printed once."""

import argparse
from pathlib import Path

import msgspec

from backend import clock, runtimes
from backend.commands.answers import Commands, command, family
from backend.commands.terminal import CommandFailed, run, say
from backend.config import Settings
from backend.geo.datum import Datum
from backend.intake.sources import classes, queries, service
from backend.intake.sources.structs import PER_MINUTE, SourceDraft, SourceKind


def register(commands: Commands) -> None:
    """Add `sources` and its commands to the command line."""
    verbs = family(commands, "sources", "Systems that tell us something: keys, limits, class tables.")
    command(verbs, "list", _list, "Show every source; no key is among it.")
    made = verbs.add_parser("add", help=add.__doc__, description=add.__doc__)
    made.add_argument("name", help="a-z, 0-9 and -: stands in addresses, never changes")
    made.add_argument("--kind", required=True, choices=[kind.value for kind in SourceKind])
    made.add_argument("--zh", required=True, dest="title_zh", help="what people read, in Chinese")
    made.add_argument("--en", required=True, dest="title_en", help="and in English")
    made.add_argument("--area", required=True, dest="area_code", help="its orders lie within it")
    made.add_argument("--datum", default="wgs84", choices=[datum.value for datum in Datum], help="of its positions")
    made.add_argument("--per-minute", type=int, default=PER_MINUTE, help="messages a minute; of sensors 60000")
    made.add_argument("--max-bytes", type=int, default=65_536, help="of one message")
    made.add_argument("--raw-days", type=int, default=90, help="so long its sealed messages are stored")
    made.add_argument("--accepted-error", type=float, default=None, metavar="SHARE", help="0.05: 5 in 100 texts wrong")
    made.set_defaults(run=add)
    command(verbs, "key", _key, "Make a new key; the one before serves no more.").add_argument("name")
    renewing = verbs.add_parser("secret", help=secret.__doc__, description=secret.__doc__)
    renewing.add_argument("name")
    renewing.set_defaults(run=secret)
    command(verbs, "close", _close, "Take nothing more from a source; what it filed goes on.").add_argument("name")
    table = command(
        verbs, "classes", _classes, "Load a CSV file of class_code, class_name, item_code as its class table."
    )
    table.add_argument("name")
    table.add_argument("file", type=Path, metavar="FILE")


def add(arguments: argparse.Namespace, settings: Settings) -> None:
    """Add a source; its key and the secret of its webhooks are printed this once."""
    given = vars(arguments)
    try:
        named = {name: given[name] for name in SourceDraft.__struct_fields__ if name in given}
        draft = msgspec.convert(named, SourceDraft)
    except msgspec.ValidationError as error:
        raise CommandFailed(str(error)) from error
    _print(run(lambda: service.add_source(draft, None, runtimes.personal_seal(settings), clock.now())))


def secret(arguments: argparse.Namespace, settings: Settings) -> None:
    """Make a new secret of its webhooks; the one before counts for a day."""
    seal = runtimes.personal_seal(settings)
    _print({"secret": run(lambda: service.renew_secret(arguments.name, None, seal, clock.now()))})


def _print(answer: object) -> None:
    say(msgspec.json.format(msgspec.json.encode(answer)).decode() + "\n")


async def _list(_: argparse.Namespace) -> object:
    return await queries.list_sources()


async def _key(arguments: argparse.Namespace) -> object:
    return {"key": await service.renew_key(arguments.name, None)}


async def _close(arguments: argparse.Namespace) -> object:
    return await service.close_source(arguments.name, None, clock.now())


async def _classes(arguments: argparse.Namespace) -> object:
    source = await queries.get_source(arguments.name)
    try:
        rows = classes.read_classes(arguments.file)
    except OSError as error:
        raise CommandFailed(f"{arguments.file}: {error.strerror}") from error
    return {"classes": await classes.set_classes(source.id, rows)}
