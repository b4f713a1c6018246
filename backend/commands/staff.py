"""`yima staff add|load|grant|ungrant|password|unlock|link-wecom|trace|leave|list`: who works here.

No password is an argument.
"""

import argparse
import getpass
import sys
from pathlib import Path

from msgspec.structs import replace

from backend import clock
from backend.accounts import queries
from backend.accounts import service as accounts
from backend.accounts.structs import Grant
from backend.commands import first_passwords
from backend.commands.answers import Commands, command, family
from backend.commands.terminal import CommandFailed
from backend.duty import queries as roster
from backend.duty import service as duty
from backend.duty.loading import runs
from backend.duty.loading.kinds import FileKind
from backend.duty.loading.known import look_up
from backend.duty.loading.lines import FileLine, Wrong
from backend.duty.loading.people import read_grant, read_person
from backend.web.i18n import error_texts

_TRACES_SHOWN = 200


def register(commands: Commands) -> None:
    """Add `staff` and its commands to the command line."""
    verbs = family(commands, "staff", "Who works with the system: join, roles, passwords, leave.")
    join = command(verbs, "add", _add, "Add one person; the password is asked for, or read from a pipe.")
    join.add_argument("username")
    join.add_argument("--name", required=True, dest="display_name", help="as others see it")
    join.add_argument("--phone", default="")
    join.add_argument("--unit", default="", dest="unit_code", help="code of the unit; a handler needs one")
    join.add_argument("--role", action="append", default=[], dest="roles", help="handler:310115105; may be repeated")
    fill = command(verbs, "load", _load, "Load a CSV file of people: it is taken whole, or not at all.")
    fill.add_argument("file", type=Path)
    fill.add_argument("--passwords", type=Path, metavar="NEW_FILE", help="make one for everybody who has none")
    for name, verb, text in (
        ("grant", _grant, "Give a role within an area."),
        ("ungrant", _ungrant, "Take a role within an area away; orders that it gave to do go to others."),
    ):
        role = command(verbs, name, verb, text)
        role.add_argument("username")
        role.add_argument("role", type=_role, help="handler:310115105")
    for name, verb, text in (
        ("password", _password, "Give a new password, asked for or read from a pipe; unlocks and ends every session."),
        ("unlock", _unlock, "Let whoever typed a wrong password too often try again at once."),
        ("trace", _trace, "Show what happened to an account: sign-ins, failures, passwords, roles, with addresses."),
        ("leave", _leave, "Let somebody go: no sign-in, no shift, and the orders go to others."),
    ):
        command(verbs, name, verb, text).add_argument("username")
    link = command(verbs, "link-wecom", _link_wecom, "Say who somebody is in WeCom, for cards and for signing in.")
    link.add_argument("username")
    link.add_argument("userid", help="the member's userid (账号) in the console of WeCom")
    command(verbs, "list", _list, "List everybody, also who has left.").add_argument("--unit", help="code of one unit")


async def _add(arguments: argparse.Namespace) -> object:
    columns = ("username", "display_name", "phone", "unit_code")
    values = {name: getattr(arguments, name).strip() for name in columns} | {"roles": "|".join(arguments.roles)}
    try:
        draft = read_person(FileLine(1, values), await look_up([]))
    except Wrong as wrong:
        raise CommandFailed(error_texts.in_both(wrong.why)) from wrong
    await accounts.create_staff(replace(draft, password=_new_password()), clock.now())
    return {"added": draft.username}


async def _load(arguments: argparse.Namespace) -> object:
    files = {FileKind.STAFF: arguments.file}
    if arguments.passwords is None:
        return await runs.load(files, clock.now())
    with first_passwords.new_file(arguments.passwords) as keep:
        taken = await runs.load(files, clock.now())
        return {**taken, "passwords": await accounts.issue_passwords(keep)}


async def _grant(arguments: argparse.Namespace) -> object:
    await accounts.grant(await _account(arguments.username), arguments.role)
    return {"granted": _said(arguments.role)}


async def _ungrant(arguments: argparse.Namespace) -> object:
    if not await accounts.ungrant(await _account(arguments.username), arguments.role):
        raise CommandFailed(f"没有该角色 / does not hold {_said(arguments.role)}")
    return {"ungranted": _said(arguments.role)}


async def _password(arguments: argparse.Namespace) -> object:
    account_id = await _account(arguments.username)
    await accounts.set_password(account_id, _new_password(), clock.now())
    return {"password_of": arguments.username}


async def _leave(arguments: argparse.Namespace) -> object:
    await duty.deactivate(await _account(arguments.username), clock.now())
    return {"left": arguments.username}


async def _unlock(arguments: argparse.Namespace) -> object:
    await accounts.unlock(await _account(arguments.username))
    return {"unlocked": arguments.username}


async def _link_wecom(arguments: argparse.Namespace) -> object:
    account_id = await _account(arguments.username)
    await accounts.link_staff(account_id, "wecom", arguments.userid.strip().lower(), clock.now())
    return {"linked": arguments.username}


async def _trace(arguments: argparse.Namespace) -> object:
    return await accounts.list_traces(await _account(arguments.username), _TRACES_SHOWN)


async def _list(arguments: argparse.Namespace) -> object:
    return await roster.list_people(arguments.unit, clock.now())


async def _account(username: str) -> int:
    found = await queries.find_account_id(username)
    if found is None:
        raise CommandFailed(f"没有用户 {username} / there is no user {username}")
    return found


def _new_password() -> str:
    """Typed twice at a terminal, else the first line of standard input."""
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\r\n")
    typed = getpass.getpass("新密码 / new password: ")
    if getpass.getpass("再输一次 / once more: ") != typed:
        raise CommandFailed("两次输入不一致 / the two differ")
    return typed


def _role(text: str) -> Grant:
    try:
        return read_grant(text)
    except Wrong as wrong:
        raise argparse.ArgumentTypeError(error_texts.in_both(wrong.why)) from wrong


def _said(held: Grant) -> str:
    return f"{held.role}:{held.area}"
