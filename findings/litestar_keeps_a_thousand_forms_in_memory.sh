#!/bin/sh
# Litestar 2.25.0: every urlencoded form that request.form() reads stays in memory, up to a thousand and twenty-four.
#
# Expected: a form that was answered is garbage, with the passwords and keys in it.
# Seen: parse_url_encoded_form_data is under lru_cache(1024), with the whole body as its key. The last 1,024 different
#   bodies stay for as long as the process lives: at 900 kB each nearly a gigabyte, and secrets in each dump of memory.
set -eu
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check litestar==2.25.0 httpx
"$folder/venv/bin/python" - <<'PY'
import gc
import resource

from litestar import Litestar, Request, post
from litestar._parsers import parse_url_encoded_form_data
from litestar.testing import TestClient


@post("/", request_max_body_size=None)
async def take(request: Request) -> dict[str, list[str]]:
    return {"fields": sorted(await request.form())}


with TestClient(Litestar([take])) as client:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for number in range(100):
        client.post("/", data={"password": f"secret-{number}", "text": "x" * 900_000})
    gc.collect()
    info = parse_url_encoded_form_data.cache_info()
    parse_url_encoded_form_data(b"password=secret-7&text=" + b"x" * 900_000)
    kept = parse_url_encoded_form_data.cache_info().hits > info.hits
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024

print(f"forms kept: {info.currsize} of {info.maxsize}; memory grew by {grown} MB; password of an earlier form still there: {kept}")
assert info.currsize == 100 and kept and grown > 60, "changed: forms are not kept any more"
PY
