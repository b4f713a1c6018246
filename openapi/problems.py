"""The problem document as the contract describes it, and one response for each status that it comes with."""

from http import HTTPStatus
from typing import Any

PROBLEM: dict[str, Any] = {
    "title": "Problem",
    "type": "object",
    "description": "RFC 9457. `code` is stable; `detail` is in the language that was asked for.",
    "required": [
        "type",
        "title",
        "status",
        "detail",
        "detail_zh",
        "detail_en",
        "code",
        "instance",
        "request_id",
    ],
    "properties": {
        "type": {"type": "string", "format": "uri-reference"},
        "title": {"type": "string"},
        "status": {"type": "integer", "minimum": 400, "maximum": 599},
        "detail": {"type": "string"},
        "detail_zh": {"type": "string"},
        "detail_en": {"type": "string"},
        "code": {"type": "string", "pattern": "^[a-z][a-z0-9-]*$"},
        "instance": {"type": "string", "description": "The path that was asked for."},
        "request_id": {"type": "string", "description": "Name it when you ask for help."},
        "extra": {"type": "object", "description": "Facts of the case, such as how far one stood from the place."},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["field", "message", "source"],
                "properties": {
                    "field": {"type": "string"},
                    "message": {"type": "string"},
                    "source": {"type": "string"},
                },
            },
        },
    },
}
_MEANING = {
    400: "It cannot be read / 无法识别",
    401: "Nobody is signed in / 未登录",
    403: "Not within what this account may do / 无此权限",
    404: "Not there, or not within this account's scope / 未找到",
    409: "The world has moved on: somebody was first / 状态已变化",
    413: "Too large / 内容过大",
    415: "Not a type that is taken here / 不支持的类型",
    422: "Understood, and refused by a rule / 不符合要求",
    429: "Too often; see Retry-After / 操作过于频繁",
    503: "Busy; see Retry-After / 服务器忙",
}
_RETRY_AFTER = {"Retry-After": {"description": "Seconds to wait.", "schema": {"type": "integer"}}}
_WAITING = (HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE)


def _response(status: int, meaning: str) -> dict[str, Any]:
    content = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
    headers = {"headers": _RETRY_AFTER} if status in _WAITING else {}
    return {"description": meaning, "content": content, **headers}


RESPONSES = {f"Problem{status}": _response(status, meaning) for status, meaning in _MEANING.items()}
