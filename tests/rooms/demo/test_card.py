"""The demo's codes are signed and printed as the settings of the town say, like any other plate."""

from datetime import datetime
from pathlib import Path

import msgspec

from backend import config
from backend.demo.load import load_demo
from qr import codes


async def test_the_card_shows_the_prefix_and_the_keys_of_the_settings(database: str, tmp_path: Path, now: datetime):
    settings = config.from_environment(
        {
            "DATABASE_URL": database,
            "YIMA_MODE": "demo",
            "YIMA_STATE": str(tmp_path),
            "YIMA_CODE_PREFIX": "https://q.example.gov.cn/q/",
            "YIMA_CODE_KEYS": "0:the first secret of the town,1:the second secret of the town",
        }
    )

    await load_demo(settings, "http://127.0.0.1:8000", now)

    card = msgspec.json.decode((tmp_path / "demo.json").read_bytes())
    assert card["codes"][0]["url"] == f"https://q.example.gov.cn/q/{card['codes'][0]['code']}"
    assert card["base_url"] == "http://127.0.0.1:8000"
    assert codes.judge(card["codes"][0]["code"], codes.keyring("", settings.code_keys)) == codes.CodeVerdict.GENUINE
