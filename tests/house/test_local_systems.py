"""Which packages make a machine ready, and what a person must type where we may not install them."""

from pathlib import Path

import pytest

from deploy.local import packages, postgres, systems
from deploy.local.postgres import Postgres


@pytest.mark.parametrize(
    ("os_release", "family"),
    [
        ({"ID": "debian"}, "debian"),
        ({"ID": "ubuntu", "ID_LIKE": "debian"}, "debian"),
        ({"ID": "linuxmint", "ID_LIKE": "ubuntu debian"}, "debian"),
        ({"ID": "rocky", "ID_LIKE": "rhel centos fedora"}, "rhel"),
        ({"ID": "fedora"}, "fedora"),
        ({"ID": "opensuse-leap", "ID_LIKE": "suse opensuse"}, "suse"),
        ({"ID": "manjaro", "ID_LIKE": "arch"}, "arch"),
        ({"ID": "alpine"}, "alpine"),
        ({"ID": "something"}, ""),
        ({}, ""),
    ],
)
def test_a_system_is_known_by_its_name_or_its_relatives(os_release: dict[str, str], family: str) -> None:
    assert systems.family(os_release, "linux") == family


def test_a_mac_is_known_without_an_os_release() -> None:
    assert systems.family({}, "darwin") == "macos"


def test_every_family_is_told_a_command_that_names_postgis() -> None:
    commands = [systems.postgis_command(family, 16) for family in systems.POSTGIS_COMMANDS]

    assert all("postgis" in command for command in commands)
    assert "postgresql-16-postgis-3 " in systems.postgis_command("debian", 16)


def test_an_unknown_system_is_told_what_is_needed() -> None:
    assert "DATABASE_URL" in systems.postgis_command("", 16)


def test_quotes_and_comments_of_an_os_release_are_understood(tmp_path: Path) -> None:
    file = tmp_path / "os-release"
    file.write_text("# a comment\nID=\"ubuntu\"\nID_LIKE='debian'\nVERSION_ID=24.04\n")

    facts = systems.read_os_release(file)

    assert (facts["ID"], facts["ID_LIKE"], facts["VERSION_ID"]) == ("ubuntu", "debian", "24.04")


def test_the_newest_postgis_is_taken_on_a_bare_machine() -> None:
    names = [
        "postgresql-13-postgis-3",
        "postgresql-14-postgis-3",
        "postgresql-16-postgis-3",
        "postgresql-16-postgis-3-scripts",
    ]

    assert packages.newest_postgis(names, installed=[]) == 16


def test_postgis_is_taken_for_the_server_that_is_already_there() -> None:
    assert packages.newest_postgis(["postgresql-15-postgis-3", "postgresql-17-postgis-3"], installed=[15, 13]) == 15


def test_a_server_that_is_too_old_does_not_count() -> None:
    assert packages.newest_postgis(["postgresql-13-postgis-3"], installed=[13]) is None


def test_the_scripts_are_installed_where_they_are_a_package_of_their_own() -> None:
    assert packages.postgis_packages(17, ["postgresql-17-postgis-3-scripts"])[-1] == "postgresql-17-postgis-3-scripts"
    assert packages.postgis_packages(17, []) == ["postgresql-17", "postgresql-17-postgis-3"]


@pytest.mark.parametrize(
    ("text", "major"),
    [
        ("postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)", 15),
        ("postgres (PostgreSQL) 17beta1", 17),
        ("postgres (Something Else) 9", 0),
        ("", 0),
    ],
)
def test_the_version_is_read_from_what_the_server_says(text: str, major: int) -> None:
    assert postgres.major_of(text) == major


def test_data_are_opened_by_the_version_that_made_them() -> None:
    found = [Postgres(15, Path("/fifteen")), Postgres(17, Path("/seventeen"))]

    assert postgres.newest(found, None) == found[1]
    assert postgres.newest(found, 15) == found[0]
    assert postgres.newest(found, 14) is None


def test_a_server_without_postgis_is_passed_over(tmp_path: Path) -> None:
    for name in ("postgres", "initdb"):
        program = tmp_path / name
        program.write_text("#!/bin/sh\necho 'postgres (PostgreSQL) 99.1'\n")
        program.chmod(0o755)

    assert postgres.with_postgis([tmp_path]) == []
