"""Which kind of system this is, and what a person types there to get PostgreSQL with PostGIS."""

import sys
from collections.abc import Mapping
from pathlib import Path

POSTGIS_COMMANDS = {
    "debian": "sudo apt-get install -y postgresql postgresql-{major}-postgis-3 postgresql-{major}-postgis-3-scripts",
    "fedora": "sudo dnf install -y postgresql-server postgresql-contrib postgis",
    "rhel": "sudo dnf install -y postgresql16-server postgresql16-contrib postgis34_16   (from the PGDG repository)",
    "arch": "sudo pacman -S --needed postgresql postgis",
    "alpine": "sudo apk add postgresql postgis",
    "suse": "sudo zypper install postgresql15-server postgresql15-contrib postgresql15-postgis",
    "macos": "brew install postgresql@17 postgis",
}


def postgis_command(name: str, major: int) -> str:
    """Return the command that installs PostgreSQL and PostGIS on a family of systems."""
    unknown = "install PostgreSQL >= 14 and PostGIS >= 3.1, or set DATABASE_URL to a database that has PostGIS"
    return POSTGIS_COMMANDS.get(name, unknown).format(major=major)


def family(os_release: Mapping[str, str] | None = None, platform: str = sys.platform) -> str:
    """Return debian, fedora, rhel, arch, alpine, suse, macos, or an empty string for a system that we don't know."""
    if platform == "darwin":
        return "macos"
    facts = read_os_release() if os_release is None else os_release
    likes = [facts.get("ID", ""), *facts.get("ID_LIKE", "").split()]
    families = {
        "ubuntu": "debian",
        "centos": "rhel",
        "opensuse": "suse",
        "sles": "suse",
    }
    for like in likes:
        known = families.get(like, like)
        if known in POSTGIS_COMMANDS:
            return known
    return ""


def read_os_release(path: Path = Path("/etc/os-release")) -> dict[str, str]:
    """Return the facts of an os-release file; none where there is no such file."""
    try:
        lines = path.read_text("utf-8", "replace").splitlines()
    except OSError:
        return {}
    pairs = (line.partition("=") for line in lines if "=" in line)
    return {key.strip(): value.strip().strip("\"'") for key, _, value in pairs}
