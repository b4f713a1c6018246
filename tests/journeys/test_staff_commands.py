"""The commands about people as an operator types them, from an empty house to who signs in, and out again."""

import csv
import json
import os
import pty
import select
import subprocess
import sys
from pathlib import Path
from subprocess import PIPE
from typing import IO

import pytest

from backend import clock
from backend.accounts import queries
from backend.accounts import service as accounts
from backend.accounts.errors import SignInRefused
from backend.accounts.structs import Credentials
from backend.duty import queries as rosters
from tests.journeys.test_time_commands import ROOT
from tests.makers.accounts import PASSWORD, keyring
from tests.makers.places import write_csv
from tests.makers.town import TOWN, make_town

STAFF = ("username", "display_name", "phone", "unit_code", "roles")
UNIT = f"chengguan_patrol-{TOWN}"
NEW_PASSWORD = "Battery-staple-8"


@pytest.fixture
def staff(database):
    """Run one of the commands, with a line on standard input."""

    def run(*words: object, said: str = "") -> subprocess.CompletedProcess[str]:
        environment = {"PATH": os.environ["PATH"], "DATABASE_URL": database}
        command = [sys.executable, "-m", "backend.cli", "staff", *map(str, words)]
        return subprocess.run(
            command, cwd=ROOT, env=environment, input=f"{said}\n", capture_output=True, text=True, umask=0
        )

    return run


def answer(asked: subprocess.CompletedProcess[str]) -> object:
    assert asked.returncode == 0, asked.stderr
    return json.loads(asked.stdout)


def is_there(path: Path) -> bool:
    return path.exists()


async def sign_in(username: str, password: str) -> None:
    await accounts.sign_in(Credentials(username=username, password=password), keyring(), clock.now())


async def test_the_first_administrator_of_an_empty_house_signs_in(staff):
    added = staff("add", "admin", "--name", "管理员", "--role", "district_admin:310115", said=PASSWORD)

    assert answer(added) == {"added": "admin"}
    assert PASSWORD not in added.stdout + added.stderr
    await sign_in("admin", PASSWORD)
    (listed,) = answer(staff("list"))
    assert (listed["username"], listed["roles"], listed["has_password"]) == ("admin", ["district_admin:310115"], True)


@pytest.mark.parametrize(("again", "is_added"), [(PASSWORD, True), (NEW_PASSWORD, False)])
async def test_at_a_terminal_the_password_is_typed_twice_and_never_shown(database, again, is_added):
    terminal, its_end = pty.openpty()
    words = [sys.executable, "-m", "backend.cli", "staff", "add", "li", "--name", "李"]
    environment = {"PATH": os.environ["PATH"], "DATABASE_URL": database}
    with subprocess.Popen(  # noqa: ASYNC220
        words, cwd=ROOT, env=environment, stdin=its_end, stdout=PIPE, stderr=PIPE, text=True, start_new_session=True
    ) as running:
        asked = ""
        for line in (PASSWORD, again):
            asked += until_it_asks(running.stderr)
            os.write(terminal, f"{line}\n".encode())
        told, refused = running.communicate()
    echoed = os.read(terminal, 1000) if select.select([terminal], [], [], 0)[0] else b""
    os.close(its_end)
    os.close(terminal)

    assert (running.returncode == 0, "两次输入不一致" in refused) == (is_added, not is_added)
    assert PASSWORD not in asked + told + refused + echoed.decode()
    assert (await queries.find_account_id("li") is not None) is is_added


def until_it_asks(said: IO[str] | None) -> str:
    assert said is not None
    asked = ""
    while not asked.endswith("password: ") and not asked.endswith("once more: "):
        read = said.read(1)
        assert read, asked
        asked += read
    return asked


@pytest.mark.parametrize(
    ("words", "said", "reason"),
    [
        (("add", "li", "--name", "李"), "short", "密码至少12位"),
        (("add", "li", "--name", "李", "--role", f"handler:{TOWN}"), PASSWORD, "a handler needs a unit_code"),
        (("add", "li", "--name", "李", "--role", "handler"), PASSWORD, "say where"),
        (("password", "nobody"), PASSWORD, "there is no user nobody"),
        (("grant", "nobody", "boss:310115"), "", "there is no role boss"),
        (("load", "nowhere.csv"), "", "nowhere.csv"),
    ],
)
async def test_what_cannot_be_done_is_said_and_not_done(staff, words, said, reason):
    refused = staff(*words, said=said)

    assert refused.returncode == 2
    assert reason in refused.stderr
    assert "Traceback" not in refused.stderr
    assert await rosters.list_people(None, clock.now()) == []


async def test_a_username_that_is_taken_is_not_given_again(staff):
    staff("add", "li", "--name", "李", said=PASSWORD)

    refused = staff("add", "LI", "--name", "另一个", said=NEW_PASSWORD)

    assert (refused.returncode, "用户名已被使用" in refused.stderr) == (2, True)
    await sign_in("li", PASSWORD)


async def test_people_of_a_file_get_passwords_in_a_file_that_only_its_owner_reads(staff, now, tmp_path):
    await make_town(now)
    people = write_csv(tmp_path / "staff.csv", STAFF, ("li", "李四", "", UNIT, f"handler:{TOWN}"))
    told = tmp_path / "passwords.csv"

    loaded = staff("load", people, "--passwords", told)

    assert answer(loaded)["staff"] == 1
    assert told.stat().st_mode & 0o777 == 0o600
    passwords = {row["username"]: row["password"] for row in csv.DictReader(told.read_text().splitlines())}
    assert passwords["li"] not in loaded.stdout + loaded.stderr
    await sign_in("li", passwords["li"])


async def test_a_file_that_is_there_is_never_written_over_and_nobody_joins(staff, now, tmp_path):
    await make_town(now)
    people = write_csv(tmp_path / "staff.csv", STAFF, ("li", "李四", "", UNIT, f"handler:{TOWN}"))
    kept = tmp_path / "passwords.csv"
    kept.write_text("of last week")

    refused = staff("load", people, "--passwords", kept)

    assert (refused.returncode, "文件已存在" in refused.stderr) == (2, True)
    assert kept.read_text() == "of last week"
    assert await queries.find_account_id("li") is None


async def test_no_file_of_passwords_is_left_where_nobody_got_one(staff, tmp_path):
    bad = write_csv(tmp_path / "bad.csv", STAFF, ("li", "", "", "", ""))
    nobody = write_csv(tmp_path / "nobody.csv", STAFF)
    told = tmp_path / "passwords.csv"

    refused, empty = staff("load", bad, "--passwords", told), staff("load", nobody, "--passwords", told)

    assert "bad.csv:2: 缺少 display_name / display_name is missing" in refused.stderr
    assert answer(empty) == {"staff": 0, "passwords": 0}
    assert not is_there(told)


async def test_roles_passwords_and_leaving(staff):
    staff("add", "li", "--name", "李", said=PASSWORD)

    assert answer(staff("grant", "li", f"verifier:{TOWN}")) == {"granted": f"verifier:{TOWN}"}
    assert answer(staff("ungrant", "li", f"verifier:{TOWN}")) == {"ungranted": f"verifier:{TOWN}"}
    assert f"does not hold verifier:{TOWN}" in staff("ungrant", "li", f"verifier:{TOWN}").stderr
    assert answer(staff("password", "li", said=NEW_PASSWORD)) == {"password_of": "li"}
    await sign_in("li", NEW_PASSWORD)
    assert answer(staff("leave", "li")) == {"left": "li"}
    with pytest.raises(SignInRefused):
        await sign_in("li", NEW_PASSWORD)
    assert staff("password", "li", said=PASSWORD).returncode == 2
