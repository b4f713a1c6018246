"""The contract of `/open311/v2` by itself: its answers are those of GeoReport v2, and its errors no problem documents.

The document that the community publishes says `/request/{id}`, takes what is posted as a query and leaves out refusals;
this one says what is so here.
"""

import json
from functools import cache
from typing import Any

from backend import VERSION
from backend.intake.open311.server.discovery import PATH
from backend.intake.open311.wire.statuses import UpdateStatus

Schema = dict[str, Any]
_TEXT: Schema = {"type": "string"}
_MAYBE: Schema = {"type": ["string", "null"]}
_NUMBER: Schema = {"type": "number"}
_FLAG: Schema = {"type": "boolean"}
_FORMATS = ("xml", "json")
_FORMAT = {"name": "format", "in": "path", "required": True, "schema": {"type": "string", "enum": list(_FORMATS)}}
_REFUSALS = ("400", "403", "404", "413", "429")
_ALWAYS = ("jurisdiction_id", "api_key")
_FILTERS = (
    *("service_request_id", "service_code", "start_date", "end_date", "status", "page", "page_size"),
    *("updated_after", "updated_before", "lat", "long", "radius", "extensions"),
)
_FILED = (
    *("api_key", "jurisdiction_id", "service_code", "lat", "long", "address_string", "address_id", "email"),
    *("device_id", "account_id", "first_name", "last_name", "phone", "description", "media_url"),
    "client_request_id",
)
_SAID = ("api_key", "service_request_id", "update_id", "status", "updated_datetime", "description", "media_url")


@cache
def export_open311() -> bytes:
    """The document as it is served."""
    return json.dumps(_document(), ensure_ascii=False).encode()


def _document() -> Schema:
    return {
        "openapi": "3.1.0",
        "info": {"title": "Open311 GeoReport v2", "version": VERSION},
        "servers": [{"url": PATH}],
        "paths": {
            "/discovery.{format}": {"get": _get("show_discovery", _open(_TEXT), ())},
            "/services.{format}": {"get": _get("list_services", _list("Service"))},
            "/services/{service_code}.{format}": {"get": _get("show_service", _open(_TEXT), inner="service_code")},
            "/requests.{format}": {
                "get": _get("list_requests", _list("Request"), (*_ALWAYS, *_FILTERS)),
                "post": _post("file_request", _list("Filed"), _FILED, multipart=True),
            },
            "/requests/{service_request_id}.{format}": {
                "get": _get("show_request", _list("Request"), inner="service_request_id")
            },
            "/tokens/{token}.{format}": {"get": _get("show_token", _list("Filed"), inner="token")},
            "/servicerequestupdates.{format}": {
                "get": _get("list_updates", _list("Update"), (*_ALWAYS, "start_date", "end_date")),
                "post": _post("take_update", _list("Taken"), _SAID),
            },
        },
        "components": {"schemas": _schemas()},
    }


def _get(name: str, schema: Schema, query: tuple[str, ...] = _ALWAYS, inner: str = "") -> Schema:
    parameters: list[Schema] = [_FORMAT, *({"name": each, "in": "query", "schema": _TEXT} for each in query)]
    if inner:
        parameters.append({"name": inner, "in": "path", "required": True, "schema": _TEXT})
    return {"operationId": name, "parameters": parameters, "responses": _responses(schema)}


def _post(name: str, schema: Schema, fields: tuple[str, ...], *, multipart: bool = False) -> Schema:
    """Attributes come as `attribute[CODE]` beside these; pictures as files under any name."""
    form = {"type": "object", "properties": dict.fromkeys(fields, _TEXT), "additionalProperties": _TEXT}
    content: Schema = {"application/x-www-form-urlencoded": {"schema": form}}
    if multipart:
        file = {"type": "string", "format": "binary"}
        content["multipart/form-data"] = {"schema": {**form, "properties": {**form["properties"], "media": file}}}
    body = {"required": True, "content": content}
    return {"operationId": name, "parameters": [_FORMAT], "requestBody": body, "responses": _responses(schema)}


def _responses(schema: Schema) -> Schema:
    refused = {"description": "Refused", "content": _in_both(_list("Error"))}
    return {"200": {"description": "OK", "content": _in_both(schema)}, **dict.fromkeys(_REFUSALS, refused)}


def _in_both(schema: Schema) -> Schema:
    """XML says the same in elements; its schema is the specification."""
    return {"application/json": {"schema": schema}, "text/xml": {"schema": {}}}


def _list(name: str) -> Schema:
    return {"type": "array", "items": {"$ref": f"#/components/schemas/{name}"}}


def _open(values: Schema) -> Schema:
    return {"type": "object", "additionalProperties": True, "minProperties": 1, "propertyNames": values}


def _row(**fields: Schema) -> Schema:
    return {"type": "object", "properties": fields, "required": list(fields)}


def _schemas() -> dict[str, Schema]:
    status = {"type": "string", "enum": ["open", "closed"]}
    request = {name: _MAYBE for name in ("status_notes", "description", "agency_responsible", "service_notice")}
    request |= {name: _MAYBE for name in ("expected_datetime", "address", "address_id", "zipcode", "media_url")}
    dates = {"requested_datetime": _TEXT, "updated_datetime": _TEXT}
    service = dict.fromkeys(("service_code", "service_name", "description", "type", "keywords", "group"), _TEXT)
    update = dict.fromkeys(("service_request_id", "update_id", "updated_datetime"), _TEXT)
    filed = {"service_request_id": _TEXT, "token": _TEXT, "service_notice": _MAYBE, "account_id": _MAYBE}
    return {
        "Service": _row(**service, metadata=_FLAG),
        "Request": _row(
            service_request_id=_TEXT,
            status=status,
            service_name=_TEXT,
            service_code=_TEXT,
            **dates,
            lat=_NUMBER,
            long=_NUMBER,
            **request,
        ),
        "Filed": {"type": "object", "properties": filed},
        "Update": _row(**update, status=_TEXT | {"enum": list(UpdateStatus)}, description=_MAYBE, media_url=_MAYBE),
        "Taken": _row(update_id=_TEXT),
        "Error": _row(code=_TEXT, description=_TEXT),
    }
