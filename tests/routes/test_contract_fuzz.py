"""Every operation of the contract is given what its schema allows and what it forbids: no answer is ever a 5xx."""

import httpx
import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.checks import not_a_server_error

from backend import clock
from tests.makers.accounts import bearer
from tests.makers.orders import make_closed, make_order
from tests.makers.town import make_town

EXAMPLES_OF_A_BODY, EXAMPLES_OF_PARAMETERS = 12, 6
"""A body has many fields, a path or a query few; where nothing may be said at all, every example is the same."""
PARTS = 4
"""Each is a test of its own, so that those who run tests side by side share the contract."""
_STREAMS = ("/api/v1/live", "/r/{token}/live")
_TELLS_OF_THE_WORKER = "/ready"
"""503 is its honest answer where no worker runs, as here."""


@pytest.fixture
async def people(server_url, database):
    """Somebody of every kind, and orders for them to stumble over."""
    now = clock.now()
    town = await make_town(now)
    await make_order(town, now)
    await make_closed(town, now)
    return [town.resident, town.handlers[0], town.verifier, town.dispatcher]


@pytest.mark.parametrize("part", range(PARTS))
async def test_no_operation_answers_with_a_server_error(server_url, people, part):
    async with httpx.AsyncClient(base_url=server_url, timeout=60) as web:
        schema = schemathesis.openapi.from_dict((await web.get("/openapi.json")).json())
    schema.config.update(base_url=server_url)
    operations = [found.ok() for found in schema.get_all_operations()]

    for number, operation in list(enumerate(operations))[part::PARTS]:
        if operation.path not in (*_STREAMS, _TELLS_OF_THE_WORKER):
            _fuzz(operation, bearer(people[number % len(people)]))


def _examples(operation) -> int:
    declared = operation.definition.raw
    if "requestBody" in declared:
        return EXAMPLES_OF_A_BODY
    return EXAMPLES_OF_PARAMETERS if declared.get("parameters") else 1


def _fuzz(operation, headers) -> None:
    @settings(
        max_examples=_examples(operation),
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy())
    def fuzz(case) -> None:
        answer = case.call(headers=headers, timeout=60)
        case.validate_response(answer, checks=[not_a_server_error])

    fuzz()
