"""The OpenAPI 3.1 document: title, tags, security; completed with what holds for every operation."""

import json
from typing import Any

from litestar import Litestar, Router
from litestar.openapi import OpenAPIConfig
from litestar.openapi.spec import Components, SecurityScheme, Server, Tag

from openapi import source_bodies
from openapi.completing import complete

TITLE = "Yima 一码"
VERSION = "1.0.0"
_DESCRIPTION = (
    "One code on every door: scan, report, dispatch, prove, verify. "
    "每扇门一个码:扫码、上报、派单、到场、核查。\n\n"
    "Coordinates are WGS-84, longitude first, unless a field says its datum. Instants are UTC (RFC 3339). "
    "Lists are paged by an opaque `next_cursor`. Every error is a problem document (RFC 9457) with a stable `code` "
    "and sentences in Chinese and English."
)
_TAGS = {
    "sessions": "Sign in, begin without an account, stay signed in, sign out / 登录与会话",
    "codes": "The codes on doorplates and shops / 门牌与商铺的一码",
    "items": "What can be reported / 事项清单",
    "photos": "Photos on their way in and out / 照片",
    "places": "What places remember / 地点",
    "patrols": "Walks of committees, stop by stop / 巡查",
    "reports": "What somebody saw / 上报",
    "orders": "The work orders and the moves of their life / 工单",
    "offers": "Orders in the pool, and whoever takes them / 抢单与志愿者",
    "volunteers": "Hours, points, and goods for points / 志愿时长与积分",
    "tracking": "The reporter's link / 上报人查询",
    "indicators": "Figures of areas, each with its definition and its n / 指标",
    "committees": "Duty lists of residents' committees, and what a town decides on them / 居村微平台",
    "campaigns": "Rounds of checks that the centre orders, and their records / 专页排查",
    "inbox": "Messages / 消息",
    "shops": "Shops behind their codes: register, pickups, inspections, complaints / 商户",
    "sensors": "Devices that report by themselves: register, state, alarms / 感知设备",
    "intake": "What other systems, sensors and cameras tell us, and what becomes of it / 来件与来源",
    "live": "Server-sent events / 实时推送",
    "operations": "For whoever keeps it running / 运维",
}


class _Unrouted(Router):
    """Litestar would add pages of its own whose scripts come from other hosts: they are not let in."""

    def register(self, value: Any) -> list[Any]:
        return []


def config() -> OpenAPIConfig:
    return OpenAPIConfig(
        title=TITLE,
        version=VERSION,
        description=_DESCRIPTION,
        servers=[Server(url="/")],
        tags=[Tag(name=name, description=words) for name, words in _TAGS.items()],
        use_handler_docstrings=True,
        components=Components(
            security_schemes={
                "bearer": SecurityScheme(type="http", scheme="bearer", bearer_format="JWT"),
                "cookie": SecurityScheme(
                    type="apiKey", security_scheme_in="cookie", name="yima_access", description="For our own pages"
                ),
                source_bodies.KEY: SecurityScheme(
                    type="apiKey", security_scheme_in="header", name="X-Api-Key", description="For other systems"
                ),
            }
        ),
        security=[{"bearer": []}, {"cookie": []}],
        openapi_router=_Unrouted("/reference", route_handlers=[], include_in_schema=False),
    )


def document(app: Litestar) -> dict[str, Any]:
    """The whole contract as plain data."""
    return complete(app.openapi_schema.to_schema(), app)


def export(app: Litestar) -> bytes:
    """The contract as the committed file holds it."""
    return (json.dumps(document(app), ensure_ascii=False, indent=2, sort_keys=True) + "\n").encode()
