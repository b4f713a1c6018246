"""What the scripts ask of WeChat (`wx.…`), and whether app.json says so: location, privacy, permissions.

A call that no table names is refused, whether the vendor has it or not: each new one is looked up in the vendor's
documents first, for what it needs to be declared and since when it is there.
"""

import re
from collections.abc import Iterator

from deploy.miniprogram import vendor
from deploy.miniprogram.package import Package

FUZZY = "getFuzzyLocation"
PRECISE = frozenset({"getLocation", "onLocationChange", "startLocationUpdate", "startLocationUpdateBackground"})
CHOSEN = frozenset({"chooseLocation", "choosePoi", "chooseAddress"})
DECLARED = frozenset({FUZZY, *PRECISE, *CHOSEN})
"""Since 14 July 2022 each call of these stands in requiredPrivateInfos; the fuzzy one excludes the precise ones."""
PRIVATE = DECLARED | vendor.TABLES["private_calls"]
"""Calls that wait until the reader has agreed to the privacy guide (用户隐私保护指引)."""
USABLE = PRIVATE | vendor.TABLES["other_calls"]
GIVEN_UP = {
    "getSystemInfoSync": "getAppBaseInfo, getDeviceInfo and getWindowInfo tell it",
    "getSystemInfo": "getAppBaseInfo, getDeviceInfo and getWindowInfo tell it",
    "chooseImage": "chooseMedia replaces it",
    "saveFile": "getFileSystemManager().saveFile replaces it",
    "removeSavedFile": "getFileSystemManager().removeSavedFile replaces it",
    "getUserInfo": "it says nothing of anybody any more",
    "getUserProfile": "it says nothing of anybody any more",
}
"""Calls that the vendor maintains no more, and what stands for them."""
SCOPES = {FUZZY: "scope.userFuzzyLocation", **dict.fromkeys(PRECISE, "scope.userLocation")}
DESC_CHARS = 30
_CALL = re.compile(r"\bwx\s*\??\.\s*(\w+)")
_HIDDEN = re.compile(r"\bwx\s*\[|\beval\s*\(|\bnew\s+Function\b|\b__wxConfig\b|\bWeixinJSBridge\b|\bwx\.__\w+")


def used(package: Package) -> dict[str, str]:
    """The name of each call, and the script in which it stands first."""
    found = dict[str, str]()
    for name, text in package.scripts.items():
        for call in _CALL.findall(text):
            found.setdefault(call, name)
    return found


def faults(package: Package) -> Iterator[str]:
    """What the scripts may not ask, and what app.json keeps from the reader of it."""
    for name, text in package.scripts.items():
        yield from (f"{name}: {found.strip()} hides what is called" for found in set(_HIDDEN.findall(text)))
    calls = used(package)
    for call, name in sorted(calls.items()):
        if call in GIVEN_UP:
            yield f"{name}: wx.{call} is given up: {GIVEN_UP[call]}"
        elif call not in USABLE:
            yield f"{name}: wx.{call} is in no table of deploy/miniprogram/vendor.json"
    yield from _required(package, calls.keys() & DECLARED)
    yield from _permission(package, calls.keys() & DECLARED)
    if private := sorted(calls.keys() & PRIVATE):
        yield from _privacy(package, calls, private)


def _required(package: Package, located: set[str]) -> Iterator[str]:
    said = package.app.get("requiredPrivateInfos", [])
    if len(set(said)) < len(said):
        yield "app.json: requiredPrivateInfos names one twice"
    for call in sorted(set(said) - DECLARED):
        yield f"app.json: requiredPrivateInfos: {call} is none of the eight that the vendor lists"
    if FUZZY in said and (both := sorted(PRECISE.intersection(said))):
        yield f"app.json: requiredPrivateInfos: {FUZZY} and {both[0]} exclude each other"
    for call in sorted(located.difference(said)):
        yield f"app.json: requiredPrivateInfos lacks {call}, which a script calls"
    for call in sorted(DECLARED.intersection(said) - located):
        yield f"app.json: requiredPrivateInfos names {call}, which no script calls: a review would refuse it"


def _permission(package: Package, located: set[str]) -> Iterator[str]:
    said = package.app.get("permission", {})
    needed = {SCOPES[call] for call in located if call in SCOPES}
    for scope in sorted(needed.difference(said)):
        yield f"app.json: permission lacks {scope}: the reader is not told what the position is for"
    for scope in sorted(said.keys() - needed):
        yield f"app.json: permission names {scope}, which no script needs"
    for scope, permission in said.items():
        desc = permission.get("desc", "") if isinstance(permission, dict) else ""
        if not 0 < len(desc) <= DESC_CHARS:
            yield f"app.json: permission.{scope}.desc has {len(desc)} characters, of one to {DESC_CHARS}"


def _privacy(package: Package, calls: dict[str, str], private: list[str]) -> Iterator[str]:
    if package.app.get("__usePrivacyCheck__") is not True:
        yield f"app.json: __usePrivacyCheck__ is not true, though wx.{private[0]} is private"
    if "onNeedPrivacyAuthorization" not in calls:
        yield f"wx.{private[0]} is private, and no script answers wx.onNeedPrivacyAuthorization"
    templates = "".join(package.text(name) for name in package.ending(".wxml"))
    if "agreePrivacyAuthorization" not in templates:
        yield "no button has open-type agreePrivacyAuthorization: nobody could agree to the privacy guide"
