"""The demo card as text for the terminal: what to scan, photos to use, who is who, how to arrive from a desk."""

from collections.abc import Iterator
from textwrap import wrap
from typing import Any
from urllib.parse import urlsplit

from backend.demo import symbol_text
from backend.web.i18n.catalogue import LANGUAGES, say
from qr import codes, links

_NEAR_ONLY = ("127.0.0.1", "::1", "localhost")
"""What no other device reaches."""
MAKE_PAST = "make demo-past"
_LISTEN = "HOST=0.0.0.0 make run"
_LETTERS_A_LINE = {"zh": 48, "en": 96}
"""A Chinese letter is two columns wide."""


def text_of(card: dict[str, Any]) -> str:
    """`card`: what demo.json holds. Ends with a line break."""
    title = "Yima 一码 · demonstration street 演示街镇 (all data invented 数据均为虚构)"
    return "\n".join(
        (title, *_places(card), *_photos(card), *_people(card), *_arrival(card), *_claim(card), *_past(), "")
    )


def _places(card: dict[str, Any]) -> Iterator[str]:
    door, shop = _first(card, "doorplate"), _first(card, "storefront")
    yield f"  1  scan or open 扫码   {door['url']}  ({door['place']}, {codes.grouped(codes.parse(door['code']))})"
    yield f"     a shop 商铺         {shop['url']}  ({shop['place']})"
    if urlsplit(door["url"]).hostname in _NEAR_ONLY:
        yield f"     with a phone 用手机 {_LISTEN}  (same network 同一网络: a symbol to scan stands here 此处有二维码)"
    else:
        yield "     with a phone 用手机"
        yield from (f"     {line}" for line in symbol_text.lines_of(links.symbol_of(door["url"])))


def _photos(card: dict[str, Any]) -> Iterator[str]:
    for start, photo in zip(("  2  photos 示例照片", "                  "), card["photos"], strict=True):
        yield f"{start}  {card['base_url']}{photo['path']}  ({photo['file']})"


def _people(card: dict[str, Any]) -> Iterator[str]:
    yield f"  3  sign in 登录        {card['base_url']}/sign-in  password 密码: {card['password']}"
    yield "     user 用户名     home 首页     to try 试一试"
    for role, account in card["accounts"].items():
        to_try = " · ".join(say(lang, f"demo.try.{role}") for lang in LANGUAGES)
        yield f"     {account['username']:<15} {account['home']:<13} {to_try}"
    for words, family in (("shop owners 店主", "shop_owners"), ("volunteers 志愿者", "volunteers")):
        yield f"     more 更多: {words} {', '.join(each['username'] for each in card[family][:3])} …"


def _arrival(card: dict[str, Any]) -> Iterator[str]:
    written = codes.grouped(codes.parse(_first(card, "doorplate")["code"]))
    yield "  4  check in without a position 没有定位时打卡"
    for lang in LANGUAGES:
        link, button = say(lang, "landing.your_order", item="…"), say(lang, "act.check_in_here")
        yield from _wrapped(lang, say(lang, "demo.arrive", link=link, button=button, code=written))


def _claim(card: dict[str, Any]) -> Iterator[str]:
    free = card["unclaimed_shop"]
    yield f"  5  claim a shop 认领   {card['base_url']}/q/{free['code']}/claim  ({free['licence']})"


def _past() -> Iterator[str]:
    yield f"  6  figures 十八周数据    {MAKE_PAST}  (a second terminal 另开终端; then 再以 street_admin: /board)"


def _wrapped(lang: str, sentence: str) -> list[str]:
    return [f"     {line}" for line in wrap(sentence, _LETTERS_A_LINE[lang])]


def _first(card: dict[str, Any], kind: str) -> dict[str, str]:
    return next(each for each in card["codes"] if each["kind"] == kind)
