"""`yima open311 peer|peers`: the endpoints of other systems, to which orders are sent on and which are asked."""

import argparse
import sys
from datetime import datetime

import msgspec

from backend import clock, runtimes
from backend.commands.terminal import CommandFailed, run, say
from backend.config import Settings
from backend.intake.open311.client import peers
from backend.intake.open311.client.structs import PeerDraft


def register(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `open311` and its verbs to the command line."""
    help_text = "Endpoints of other systems, by Open311 GeoReport v2."
    verbs = commands.add_parser("open311", help=help_text).add_subparsers(required=True, metavar="verb")
    setting = verbs.add_parser("peer", help=set_peer.__doc__, description=set_peer.__doc__)
    setting.add_argument("source", help="name of a source of the kind open311 / 来源名称")
    setting.add_argument("url", help="such as https://city.example/open311/v2 / 对方地址")
    setting.add_argument("--jurisdiction", default="", metavar="ID", help="jurisdiction_id, where they want one")
    setting.add_argument("--form", choices=("json", "xml"), default="json", help="the format to speak / 格式")
    setting.add_argument("--fetch", action="store_true", help="fetch requests that are made there / 拉取对方的诉求")
    setting.add_argument("--no-updates", action="store_true", help="they have no servicerequestupdates / 没有进展接口")
    setting.add_argument(
        "--media-host",
        action="append",
        default=[],
        metavar="HOST",
        help="fetch pictures from this host / 允许取图的主机",
    )
    setting.set_defaults(run=set_peer)
    listing = verbs.add_parser("peers", help=list_peers.__doc__, description=list_peers.__doc__)
    listing.set_defaults(run=list_peers)


def set_peer(arguments: argparse.Namespace, settings: Settings) -> None:
    """Add an endpoint or change it. Their key for us is read from standard input; an empty line leaves it as it is."""
    key = sys.stdin.readline().strip()
    draft = _draft(arguments)
    run(lambda: peers.set_peer(draft, key, runtimes.personal_seal(settings), clock.now()))
    say(f"{arguments.source}: {arguments.url}\n")


def list_peers(arguments: argparse.Namespace, settings: Settings) -> None:
    """List the endpoints: when each answered last, and how often it has failed since."""
    rows = run(peers.list_health)
    for row in rows:
        failing = f"  ✗ {row['failures']} {row['failure']} {_minute(row['failed_at'])}" if row["failures"] else ""
        say(f"{row['name']}  {row['url']}  ✓ {_minute(row['answered_at'])}{failing}\n")


def _draft(arguments: argparse.Namespace) -> PeerDraft:
    fields = {
        "source": arguments.source,
        "url": arguments.url.rstrip("/"),
        "jurisdiction_id": arguments.jurisdiction,
        "form": arguments.form,
        "is_fetched": arguments.fetch,
        "has_updates": not arguments.no_updates,
        "media_hosts": arguments.media_host,
    }
    try:
        return msgspec.convert(fields, PeerDraft)
    except msgspec.ValidationError as error:
        raise CommandFailed(str(error)) from error


def _minute(at: datetime | None) -> str:
    return f"{at:%Y-%m-%d %H:%M} UTC" if at else "-"
