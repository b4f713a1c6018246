"""Examples of the main operations, by operation id. A test holds them against the schemas."""

from typing import Any

_TOKENS = {
    "access_token": "eyJhbGciOiJIUzI1NiIsImtpZCI6IjZiODZiMjczIn0.eyJzdWIiOiI0MiJ9.c2lnbmF0dXJl",
    "refresh_token": "0b7f6b9c2c1e4d0f8a3e5d7c9b1a2f34.Zm9yIGV4YW1wbGUgb25seQ",
    "expires_in": 600,
    "refresh_expires_in": 2_592_000,
    "token_type": "Bearer",
}

_PHOTO = "5f0e9a52-6b6f-4f0b-9f5e-0c1f3a2d4e6b"

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
    "submit_report": {
        "request": {
            "client_id": "0197a2f0-7f6e-7a51-9d0c-5b1f6a3c2e11",
            "code": "7K3M9QXW2F5T",
            "item": "A101",
            "description": "三辆共享单车挡住了门口",
            "photo_ids": [_PHOTO],
            "point": {"lng": 121.5537, "lat": 31.1786, "accuracy_m": 15, "datum": "wgs84"},
            "captured_at": "2026-11-22T00:52:10Z",
        },
        "answers": {
            "201": {
                "report_id": 81,
                "place_id": 12,
                "order_id": 80,
                "number": "310115105-20261122-0007",
                "tracking_token": "Zk3vQ1xN8sJ5tR0bW7yLqA",
                "tracking_url": "https://yima.example/r/Zk3vQ1xN8sJ5tR0bW7yLqA",
                "received_at": "2026-11-22T00:52:12Z",
                "resolve_by": "2026-11-22T01:07:12Z",
            }
        },
    },
    "check_in": {
        "request": {
            "point": {
                "lng": 121.5538,
                "lat": 31.1787,
                "accuracy_m": 8,
                "datum": "gcj02",
                "source": "wechat",
                "age_s": 2,
            },
            "captured_at": "2026-05-01T02:30:00Z",
        }
    },
    "finish_order": {"request": {"before_photo_ids": [_PHOTO], "photo_ids": [_PHOTO], "note": "已摆放整齐"}},
    "verify_order": {"request": {"result": "pass", "note": ""}},
    "rate_order": {"request": {"score": 5, "comment": "来得很快"}},
    "get_code": {
        "answers": {
            "200": {
                "code": "7K3M9QXW2F5T",
                "status": "active",
                "url": "https://yima.example/q/7K3M9QXW2F5T",
                "leads_to": "7K3M9QXW2F5T",
                "nonce": "for example only",
                "place": {
                    "id": 12,
                    "kind": "doorplate",
                    "name": "",
                    "address": "莲安东路100号",
                    "area_code": "310115105001",
                    "area_name": "第一居委",
                    "grid_code": "310115105001001",
                    "label": "莲安东路100号",
                    "point": {"lng": 121.5537, "lat": 31.1786},
                },
            }
        }
    },
}
