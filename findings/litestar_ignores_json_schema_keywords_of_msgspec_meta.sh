#!/bin/sh
# litestar 2.25.0 with msgspec 0.22.0: JSON Schema keywords in msgspec.Meta(extra_json_schema=…) do not reach OpenAPI.
#
# Expected: msgspec documents extra_json_schema as "merged with the schema that msgspec makes", so that
#   Meta(extra_json_schema={"maxLength": 7}) puts maxLength into every schema of the field; msgspec.json.schema does so.
# Seen: Litestar's document of the same struct has no maxLength. It reads only title, description, examples and what lies
#   under "extra", there with the attribute names of its own Schema class: {"extra": {"max_length": 7}} becomes maxLength.
#   So one annotation cannot serve both, and a contract silently lacks what the validator was told elsewhere.
set -eu
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check litestar==2.25.0 msgspec==0.22.0
"$folder/venv/bin/python" - <<'PY'
from typing import Annotated

import msgspec
from litestar import Litestar, post


class Words(msgspec.Struct):
    keyword: Annotated[str, msgspec.Meta(extra_json_schema={"maxLength": 7})]
    under_extra: Annotated[str, msgspec.Meta(extra_json_schema={"extra": {"max_length": 7}})]


@post("/")
async def keep(data: Words) -> None: ...


own = msgspec.json.schema(Words)["$defs"]["Words"]["properties"]
told = Litestar([keep]).openapi_schema.to_schema()["components"]["schemas"]["Words"]["properties"]
print("msgspec: ", own)
print("litestar:", told)
assert own["keyword"].get("maxLength") == 7, "msgspec merges the keyword"
assert "maxLength" not in told["keyword"], "changed: Litestar now takes the keyword"
assert told["under_extra"].get("maxLength") == 7, "changed: Litestar no longer reads extra.max_length"
PY
