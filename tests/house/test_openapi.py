"""The contract: what the app says is what is committed, its examples are true, and its page asks no other host."""

import json
import re
from pathlib import Path
from typing import Any

import jsonschema_rs
import msgspec
import pytest
from litestar import Litestar

import openapi
from backend import config
from backend.app import create_app
from backend.errors import Conflict
from backend.routes.http.problem_document import FieldError, Problem
from openapi import reference
from openapi.completing import operations
from openapi.examples import EXAMPLES
from tests.makers.refusals import en, zh

COMMITTED = Path(openapi.__file__).with_name("openapi.json")
SNAKE_CASE = re.compile(r"[a-z]+(_[a-z]+)*")


@pytest.fixture(scope="module")
def app() -> Litestar:
    return create_app(config.from_environment({"DATABASE_URL": "postgresql:///nowhere", "YIMA_MODE": "demo"}))


@pytest.fixture(scope="module")
def document(app: Litestar) -> dict[str, Any]:
    return json.loads(openapi.export(app))


def validator(document: dict[str, Any], schema: dict[str, Any]) -> Any:
    return jsonschema_rs.validator_for({**schema, "components": document["components"]})


def test_the_committed_contract_is_what_the_app_says(app):
    assert COMMITTED.read_bytes() == openapi.export(app), "run: python -m backend.cli export-openapi"


def test_every_operation_has_a_name_a_summary_and_a_known_tag(document):
    known = {tag["name"] for tag in document["tags"]}

    for path, _, operation in operations(document):
        assert SNAKE_CASE.fullmatch(operation["operationId"]), path
        assert operation.get("summary"), path
        assert set(operation["tags"]) <= known, path


def test_every_operation_is_named_once(document):
    names = [operation["operationId"] for _, _, operation in operations(document)]

    assert len(names) == len(set(names))


def test_every_reference_leads_somewhere(document):
    for reference_ in set(re.findall(r'"\$ref": "#/([^"]+)"', json.dumps(document))):
        found = document
        for part in reference_.split("/"):
            found = found[part]


@pytest.mark.parametrize("name", sorted(EXAMPLES))
def test_the_examples_fit_their_schemas(document, name):
    (operation,) = [each for _, _, each in operations(document) if each["operationId"] == name]
    contents = [answer.get("content", {}) for answer in operation["responses"].values()]
    contents.append(operation.get("requestBody", {}).get("content", {}))
    shown = [each for content in contents for each in content.values() if "example" in each]

    assert shown
    for each in shown:
        validator(document, each["schema"]).validate(each["example"])


@pytest.mark.parametrize("more", [{}, {"extra": {"distance_m": 120.5}}, {"errors": [("photo_ids", "too few", "body")]}])
def test_a_problem_that_we_say_fits_its_schema(document, more):
    if "errors" in more:
        more = {
            "errors": [FieldError(field=field, message=words, source=where) for field, words, where in more["errors"]]
        }
    problem = Problem(
        type=f"/reference#{Conflict.code}",
        title=en(Conflict()),
        status=409,
        detail=en(Conflict()),
        detail_zh=zh(Conflict()),
        detail_en=en(Conflict()),
        code=Conflict.code,
        instance="/api/v1/orders/1/accept",
        request_id="0123456789abcdef",
        **more,
    )

    validator(document, document["components"]["schemas"]["Problem"]).validate(msgspec.to_builtins(problem))


def test_the_reference_page_asks_no_other_host(document):
    page = reference.page(document)

    loaded = re.findall(r'(?:src|href)="([^"]+)"', page)
    assert {each for each in loaded if not each.startswith("#")} == {"/reference.css", "/openapi.json"}
    assert "<script" not in page
    assert "url(" not in reference.STYLE.read_text()


def test_the_reference_page_tells_of_every_operation_and_problem(document):
    page = reference.page(document)

    for _, _, operation in operations(document):
        assert f'id="{operation["operationId"]}"' in page
    assert 'id="sign-in-refused"' in page
