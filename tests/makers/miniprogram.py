"""A small mini-program without a fault, to break in one place at a time."""

import json
import struct
import zlib
from typing import Any

from deploy.miniprogram.package import Package

HOST = "https://q.example.cn"
PRINTED = "http://old.example.cn/q/"
ADDRESSES = (HOST, f"{HOST}/q/", PRINTED)
SETTINGS = {
    "YIMA_BASE_URL": HOST,
    "YIMA_WECHAT_APPID": "wx00000000000000fa",
    "YIMA_WECHAT_TEMPLATES": '{"OrderClosed": {"id": "CLOSED", "data": {}}, "*": {"id": "REST", "data": {}}}',
}
APP: dict[str, Any] = {
    "pages": ["pages/report/index"],
    "window": {"navigationBarTitleText": "一码", "navigationBarTextStyle": "black", "backgroundColor": "#f4f6f8"},
    "requiredPrivateInfos": ["getFuzzyLocation"],
    "permission": {"scope.userFuzzyLocation": {"desc": "用于随上报附上大致位置"}},
    "sitemapLocation": "sitemap.json",
    "lazyCodeLoading": "requiredComponents",
    "__usePrivacyCheck__": True,
}
SITEMAP = {"rules": [{"action": "allow", "page": "pages/report/index"}, {"action": "disallow", "page": "*"}]}
PAGE = """<view bindtap="send">{{t.send}}</view>
<button open-type="agreePrivacyAuthorization" bindagreeprivacyauthorization="agree"/>
"""
SCRIPT = """"use strict";
const config_1 = require("../../config");
const locate_1 = require("../../lib/locate");
wx.onNeedPrivacyAuthorization(() => undefined);
Component({ methods: { send() { wx.request({ url: config_1.config.host }); locate_1.locate({}); }, agree() {} } });
"""
TEXTS = """"use strict";
const bilingual_1 = require("./bilingual");
exports.report = (0, bilingual_1.bilingual)({ send: '提交 {n} 张', more: '更多' }, { send: 'Send {n}', more: 'More' });
"""
PROJECT = {"compileType": "miniprogram", "appid": "wx00000000000000fa", "setting": {"urlCheck": True}}
TAB_BAR: dict[str, Any] = {
    "color": "#444444",
    "selectedColor": "#1a5fb4",
    "backgroundColor": "#ffffff",
    "list": [
        {"pagePath": "pages/report/index", "text": "上报", "iconPath": "a.png", "selectedIconPath": "a.png"},
        {"pagePath": "pages/report/index", "text": "我的", "iconPath": "a.png", "selectedIconPath": "a.png"},
    ],
}


def files() -> dict[str, bytes]:
    """The files of the package as the phone gets them; one may change, add or leave out some."""
    texts = {
        "app.js": '"use strict";\nApp({});\n',
        "app.json": json.dumps(APP),
        "app.wxss": "",
        "sitemap.json": json.dumps(SITEMAP),
        "config.js": f"exports.config = {json.dumps({'host': HOST, 'codePrefixes': ADDRESSES[1:]})};\n",
        "lib/locate.js": "exports.locate = options => wx.getFuzzyLocation(options);\n",
        "i18n/bilingual.js": "exports.bilingual = (zh, en) => ({ zh, en });\n",
        "i18n/report.js": TEXTS,
        "pages/report/index.js": SCRIPT,
        "pages/report/index.json": '{"navigationBarTitleText": ""}',
        "pages/report/index.wxml": PAGE,
        "pages/report/index.wxss": ".page { color: #000000; }",
    }
    return {name: text.encode() for name, text in texts.items()}


def package(changed: dict[str, bytes | str | None] | None = None, **project: Any) -> Package:
    """The package with files changed (None: left out) and other values in project.config.json."""
    found = files()
    for name, content in (changed or {}).items():
        found.pop(name, None)
        if content is not None:
            found[name] = content.encode() if isinstance(content, str) else content
    return Package(files=found, project={**PROJECT, **project})


def app(**changes: Any) -> str:
    """app.json with other values; None leaves a key out."""
    return json.dumps({key: value for key, value in {**APP, **changes}.items() if value is not None})


def png(width: int = 81, height: int = 81, padding: int = 0) -> bytes:
    """A PNG of this size in px, as large as its padding."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    rows = zlib.compress((b"\0" + b"\0" * width) * height)
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        [chunk(b"IHDR", header), chunk(b"teXt", b"\0" * padding), chunk(b"IDAT", rows), chunk(b"IEND", b"")]
    )
