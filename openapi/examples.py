"""Examples of the main operations, by operation id. A test holds them against the schemas."""

from typing import Any

_TOKENS = {
    "access_token": "eyJhbGciOiJIUzI1NiIsImtpZCI6IjZiODZiMjczIn0.eyJzdWIiOiI0MiJ9.c2lnbmF0dXJl",
    "refresh_token": "0b7f6b9c2c1e4d0f8a3e5d7c9b1a2f34.Zm9yIGV4YW1wbGUgb25seQ",
    "expires_in": 600,
    "refresh_expires_in": 2_592_000,
    "token_type": "Bearer",
}

EXAMPLES: dict[str, dict[str, Any]] = {
    "sign_in": {
        "request": {"username": "handler-01", "password": "correct horse 7 Battery"},
        "answers": {"201": _TOKENS},
    },
    "open_device_session": {"answers": {"201": _TOKENS | {"refresh_expires_in": 15_552_000}}},
    "refresh_session": {"request": {"refresh_token": _TOKENS["refresh_token"]}, "answers": {"201": _TOKENS}},
    "get_me": {
        "answers": {
            "200": {
                "id": 42,
                "name": "王师傅",
                "is_device": False,
                "unit": {"id": 3, "name_zh": "城管巡查三中队", "name_en": "Patrol team 3"},
                "roles": [{"role": "handler", "area_code": "310115105"}],
                "permissions": ["orders.handle"],
            }
        }
    },
}
