"""Where the broker is and who we are there, by the settings YIMA_MQTT_…; nothing where there is no broker."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

_PORTS = {"mqtt": 1883, "mqtts": 8883}
_DAY_S = 86_400
_ENDLESS = 0xFFFFFFFF
"""As MQTT says that a session never expires."""
PREFIX = "YIMA_MQTT_"


@dataclass(frozen=True, slots=True, kw_only=True)
class BrokerSettings:
    """`source`: whose a message is that names no source. `ca`, `certificate`, `key`: files; without `ca` the system's.

    `topics`: filters that must not overlap, for a broker sends a message once for each that fits.
    """

    host: str
    port: int
    is_tls: bool
    source: str
    client_id: str
    topics: tuple[str, ...]
    user: str = ""
    password: str = ""
    ca: str = ""
    certificate: str = ""
    key: str = ""
    session_expiry_s: int = 7 * _DAY_S


def is_set(environment: Mapping[str, str]) -> bool:
    """Whether there is a broker at all."""
    return bool(environment.get(f"{PREFIX}URL"))


def read(environment: Mapping[str, str]) -> BrokerSettings | None:
    """The settings, or None where no broker is named. Raises ValueError with the setting that is none."""
    if not is_set(environment):
        return None
    said = {name.removeprefix(PREFIX): value for name, value in environment.items() if name.startswith(PREFIX)}
    host, port, is_tls = _address(said["URL"])
    if not said.get("SOURCE"):
        raise ValueError(f"{PREFIX}SOURCE: the name of the source whose broker it is; see yima sources list")
    return BrokerSettings(
        host=host,
        port=port,
        is_tls=is_tls,
        source=said["SOURCE"],
        client_id=said.get("CLIENT_ID") or "yima",
        topics=tuple((said.get("TOPICS") or "yima/#").split()),
        user=said.get("USER", ""),
        password=said.get("PASSWORD", ""),
        ca=said.get("CA", ""),
        certificate=said.get("CERTIFICATE", ""),
        key=said.get("KEY", ""),
        session_expiry_s=_expiry_s(said.get("SESSION_DAYS") or "7"),
    )


def _address(url: str) -> tuple[str, int, bool]:
    parts = urlsplit(url)
    if parts.scheme not in _PORTS or not parts.hostname or parts.username or parts.path.strip("/"):
        raise ValueError(f"{PREFIX}URL: mqtt://host:1883 or mqtts://host:8883; user and password have settings")
    return parts.hostname, parts.port or _PORTS[parts.scheme], parts.scheme == "mqtts"


def _expiry_s(days: str) -> int:
    """At least a day: what is published while nobody reads waits as long as the session."""
    if not days.isdecimal() or not 1 <= int(days) <= 3650:
        raise ValueError(f"{PREFIX}SESSION_DAYS: whole days, 1 to 3650")
    return min(int(days) * _DAY_S, _ENDLESS)
