"""The staff app as a phone reads of it: one manifest for each home and language, and the icons that it names."""

import io
import json
import re
from math import hypot

import pytest
from PIL import Image, ImageChops

from backend.accounts.structs import Actor, Grant, Role
from backend.web.assets import draw_icons, files
from backend.web.i18n.catalogue import LANGUAGES, catalogue
from backend.web.staff_app import manifest
from backend.web.staff_app.audiences import AUDIENCES, audience_of
from backend.web.views.homes import home_of
from backend.web.views.menu import entries_of

OF_ROLE = {
    Role.RESIDENT: "",
    Role.SHOP_OWNER: "",
    Role.VOLUNTEER: "volunteer",
    Role.INSPECTOR: "inspector",
    Role.HANDLER: "handler",
    Role.VERIFIER: "verifier",
    Role.DISPATCHER: "dispatcher",
    Role.COMMITTEE: "committee",
    Role.STREET_ADMIN: "manager",
    Role.DISTRICT_ADMIN: "manager",
}
EVERYBODYS = {"/scan"}
"""Shortcuts to what is in no bar."""
SAFE_RADIUS = 0.4
"""Of the side: what lies within stays on every phone (W3C, maskable icons)."""


def somebody(*roles: Role, is_device: bool = False) -> Actor:
    grants = tuple(Grant(role, "310115105") for role in roles)
    return Actor(account_id=1, name="某人", grants=grants, unit_id=1, is_device=is_device)


def read(name: str) -> dict:
    content = manifest.find(name)
    assert content is not None
    return json.loads(content)


@pytest.mark.parametrize("role", Role)
def test_whoever_works_here_has_an_app_and_nobody_else_is_offered_one(role: Role) -> None:
    who = somebody(role)

    assert audience_of(who) == OF_ROLE[role]
    assert audience_of(somebody(role, is_device=True)) == ""
    assert bool(manifest.path_for(who, "zh")) == bool(OF_ROLE[role])


@pytest.mark.parametrize("role", [role for role in Role if OF_ROLE[role]])
@pytest.mark.parametrize("lang", LANGUAGES)
def test_it_opens_at_home_and_its_shortcuts_lead_where_the_bar_does(role: Role, lang: str) -> None:
    who = somebody(role)
    said = read(manifest.path_for(who, lang).removeprefix("/app/"))

    shortcuts = [each["url"].partition("?")[0] for each in said["shortcuts"]]
    assert said["start_url"] == f"{home_of(who)}?from=app"
    assert set(shortcuts) - EVERYBODYS <= set(entries_of(who)) and len(shortcuts) == len(set(shortcuts)) <= 4
    assert all(each["url"].endswith("?from=app") and each["name"] != "" for each in said["shortcuts"])


def test_a_phone_holds_one_app_of_ours_whoever_uses_it() -> None:
    all_of_them = [manifest.describe(audience, lang) for audience in AUDIENCES for lang in LANGUAGES]

    assert {(each["id"], each["scope"], each["display"]) for each in all_of_them} == {("/app", "/", "standalone")}


@pytest.mark.parametrize(("lang", "said_as"), [("zh", "zh-CN"), ("en", "en")])
def test_its_words_are_those_of_the_catalogue_and_fit_under_an_icon(lang: str, said_as: str) -> None:
    said, words = read(f"handler.{lang}.webmanifest"), catalogue(lang)

    assert said["lang"] == said_as
    assert (said["name"], said["short_name"]) == (words["brand.name"], words["app.short_name"])
    assert len(said["short_name"]) <= 12
    assert [each["name"] for each in said["shortcuts"]][:2] == [words["app.scan"], words["nav.work"]]


@pytest.mark.parametrize("name", ["resident.zh.webmanifest", "handler.fr.webmanifest", "handler.zh", "", "../x"])
def test_no_other_name_is_a_manifest(name: str) -> None:
    assert manifest.find(name) is None


def test_its_colours_are_those_of_the_pages() -> None:
    base = (files.FOLDER.parent / "templates" / "base.html").read_text(encoding="utf-8")
    said = read("handler.zh.webmanifest")

    assert said["theme_color"] == re.findall(r'name="theme-color" content="(#\w+)"', base)[0]
    assert said["background_color"] == "#f2f4f7"
    assert said["theme_color"] in draw_icons.MARK.read_text(encoding="utf-8")


def test_each_icon_is_there_in_the_size_that_is_said() -> None:
    for icon in read("handler.zh.webmanifest")["icons"]:
        asset = files.find(icon["src"].removeprefix("/static/"))
        assert asset is not None and asset.media_type == icon["type"] and not asset.is_packed
        side = int(icon["sizes"].partition("x")[0])
        assert Image.open(io.BytesIO(asset.plain)).size == (side, side)
        assert len(asset.plain) < 8_000


@pytest.mark.parametrize("name", draw_icons.ICONS)
def test_the_committed_icons_are_those_that_the_script_draws(name: str) -> None:
    committed = Image.open(draw_icons.FOLDER / name).convert("RGBA")
    drawn = draw_icons.draw(draw_icons.ICONS[name])

    off = max(high for _, high in ImageChops.difference(committed, drawn).getextrema())
    assert off <= 40, "run: python -m backend.web.assets.draw_icons"


def test_a_phone_that_cuts_the_icon_round_cuts_off_nothing_of_the_mark() -> None:
    icon = draw_icons.draw(draw_icons.ICONS["icon-maskable-512.png"]).convert("RGB")
    side = icon.width
    ground = icon.getpixel((1, 1))
    marked = [(x, y) for x in range(0, side, 4) for y in range(0, side, 4) if icon.getpixel((x, y)) != ground]

    assert ground == (0x14, 0x50, 0x9A)
    assert marked and max(hypot(x - side / 2, y - side / 2) for x, y in marked) <= SAFE_RADIUS * side


def test_the_icon_that_phones_paint_themselves_has_no_ground() -> None:
    alpha = draw_icons.draw(draw_icons.ICONS["icon-monochrome-192.png"]).getchannel("A")

    assert alpha.getpixel((2, 2)) == alpha.getpixel((96, 70)) == 0
    assert alpha.getpixel((96, 96)) == 255


def test_photos_of_any_kind_may_be_shared_with_it() -> None:
    target = read("inspector.zh.webmanifest")["share_target"]

    assert (target["action"], target["method"], target["enctype"]) == ("/share", "POST", "multipart/form-data")
    assert [each["name"] for each in target["params"]["files"]] == ["photo"]
    assert "image/*" in target["params"]["files"][0]["accept"]
