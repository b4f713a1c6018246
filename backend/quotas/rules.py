"""The table of quotas: what may be asked for at once, and how much of it comes back in an hour. Pure.

`device` is a phone that nobody signed in on; staff have their own, wider ones: an inspector files 300 reports a day and
sends a hundred that were kept without a network at once. An address may be a whole office, a station hall or a carrier.
"""

from collections.abc import Mapping
from typing import NamedTuple

_HOUR_S = 3600.0


class Quota(NamedTuple):
    at_once: float
    an_hour: float

    @property
    def every_s(self) -> float:
        """Seconds until one is back."""
        return _HOUR_S / self.an_hour

    @property
    def span_s(self) -> float:
        return self.every_s * self.at_once


QUOTAS: Mapping[str, Quota] = {
    "report-device": Quota(10, 30),
    "report-staff": Quota(200, 200),
    "report-address": Quota(200, 600),
    "report-door-device": Quota(4, 8),
    "report-door": Quota(12, 40),
    "join-device": Quota(20, 60),
    "join-staff": Quota(200, 200),
    "join-address": Quota(300, 1200),
    "claim-device": Quota(5, 10),
    "claim-staff": Quota(20, 40),
    "claim-address": Quota(60, 240),
    "photo-device": Quota(20, 60),
    "photo-staff": Quota(400, 1000),
    "photo-address": Quota(400, 1800),
    "upload-mb-device": Quota(120, 240),
    "upload-mb-staff": Quota(4000, 8000),
    "upload-mb-address": Quota(3000, 6000),
    "device-address": Quota(120, 1200),
    "sign-in-address": Quota(300, 3000),
    "sign-in-failed-address": Quota(60, 240),
    "application-address": Quota(20, 40),
    "number-link": Quota(6, 6),
    "number-address": Quota(60, 240),
    "source-key-address": Quota(60, 600),
    "code-miss-device": Quota(20, 120),
    "code-miss-address": Quota(200, 240),
}


def read(text: str) -> Mapping[str, Quota]:
    """The table with a town's own numbers, as `report-device=20+60 photo-device=40+120`: at once, and an hour.

    `off` means that nothing is counted. Raises ValueError for anything else.
    """
    if text.strip() == "off":
        return {}
    own = dict(QUOTAS)
    for each in text.replace(",", " ").split():
        name, _, numbers = each.partition("=")
        at_once, _, an_hour = numbers.partition("+")
        if name not in own or not (at_once.isdecimal() and an_hour.isdecimal() and int(at_once) and int(an_hour)):
            raise ValueError(f"{each!r} is no quota: write it as report-device=20+60, one of {', '.join(QUOTAS)}")
        own[name] = Quota(float(at_once), float(an_hour))
    return own
