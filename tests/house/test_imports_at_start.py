"""What an idle process need not hold in memory is not loaded at its start: heavy libraries wait until they are used."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from pgqueuer.adapters.persistence.qb import QueryQueueBuilder

from backend.jobs.queue import ENQUEUE
from backend.piccolo_conf import APP_REGISTRY
from backend.schema.migrations import list_known
from backend.schema.packages import list_ids

ROOT = Path(__file__).parents[2]
PICTURES = ("PIL", "cv2", "fontTools", "numpy", "pypdfium2", "qrcode", "reportlab", "zxingcpp")
CLOUDS = ("boto3", "botocore", "firebase_admin", "google", "httpx", "aiohttp", "tencentcloud", "wechatpayv3")
ALIYUN = ("alibabacloud_dysmsapi20170525", "alibabacloud_tea_openapi", "darabonba")
SHAPES = ("geoalchemy2", "openpyxl", "pyproj", "shapely", "sqlalchemy", "xlsxwriter")
# Black formats the files of new migrations, for Piccolo; its stand-in is no module from a file.
TOOLS = ("black", "pathspec", "pygments", "rich")
EVERYWHERE = (*PICTURES, *CLOUDS, *ALIYUN, *SHAPES, *TOOLS)
_SETTINGS = {"DATABASE_URL": "postgresql://", "YIMA_MODE": "demo"}
_WEB = """
from backend import config, db
from backend.app import create_app
create_app(config.from_environment())
db.engine()
"""
_WORKER = """
from backend import db, worker
worker.handlers()
db.engine()
"""
_HELP = """
import contextlib
from backend import cli
with contextlib.suppress(SystemExit):
    cli.main(["--help"])
"""
_LOADED = """
import sys
sys.stderr.write(" ".join({name.split(".")[0] for name, module in sys.modules.items() if hasattr(module, "__file__")}))
"""
STARTS = {
    "web": (_WEB, (*EVERYWHERE, "pgqueuer", "pydantic")),
    "worker": (_WORKER, (*EVERYWHERE, "cryptography", "jinja2", "jwt", "litestar", "uvicorn")),
    "yima --help": (
        _HELP,
        (*EVERYWHERE, "asyncio", "asyncpg", "deploy", "litestar", "msgspec", "piccolo", "structlog"),
    ),
}


@pytest.mark.parametrize("start", STARTS)
def test_a_start_loads_nothing_heavy_that_it_may_never_need(start, tmp_path):
    script, heavy = STARTS[start]
    environment = {"PATH": os.environ["PATH"], "YIMA_STATE": str(tmp_path), **_SETTINGS}
    asked = subprocess.run(
        [sys.executable, "-c", script + _LOADED], cwd=ROOT, env=environment, capture_output=True, text=True, check=True
    )

    assert sorted(set(asked.stderr.split()) & set(heavy)) == []


def test_the_statement_that_enqueues_is_the_librarys_own():
    assert _bare(ENQUEUE) == _bare(QueryQueueBuilder().build_enqueue_query("skip"))


def test_the_migrations_read_from_files_are_those_that_piccolo_knows():
    assert list_ids() == frozenset(list_known())
    assert {app_name for app_name, _ in list_ids()} == set(APP_REGISTRY.app_configs)


def _bare(statement: str) -> str:
    return "".join("".join(line.split("--")[0] for line in statement.splitlines()).split())
