"""Open311 by clients that none of us wrote: georeport in both formats, and schemathesis by our own document."""

import asyncio
import json

import pytest
import schemathesis
from georeport import GeoReport
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import content_type_conformance, response_schema_conformance

from backend import clock
from backend.intake.sources.structs import SourceKind
from openapi.open311 import export_open311
from tests.makers.intake import make_credential
from tests.makers.orders import make_closed, make_order
from tests.makers.town import TOWN, SmallTown, make_town

EXAMPLES = 6
CHECKS = [not_a_server_error, content_type_conformance, response_schema_conformance]


@pytest.fixture
async def town(server_url, database) -> SmallTown:
    town = await make_town(clock.now())
    await make_order(town, clock.now())
    await make_closed(town, clock.now())
    return town


@pytest.mark.parametrize("form", ["json", "xml"])
async def test_georeport_reads_services_definitions_and_requests(server_url, town, form):
    client = GeoReport(f"{server_url}/open311/v2", jurisdiction=TOWN, output_format=form)

    def read() -> tuple[list, dict, list, dict]:
        services = client.get_service_list()
        definition = client.get_service_definition("A501")
        requests = client.get_service_requests(status="open,closed")
        return services, definition, requests, client.get_service_request(requests[0]["service_request_id"])

    services, definition, requests, one = await asyncio.to_thread(read)
    assert {"service_code": "A101", "service_name": "非机动车乱停放"}.items() <= services[0].items()
    assert definition["service_code"] == "A501"
    assert [each["status"] for each in requests] == ["closed", "open"]
    [one] = one if isinstance(one, list) else [one]
    assert one == requests[0]


async def test_whatever_the_contract_allows_is_answered_as_it_says(server_url, town):
    made = await make_credential(clock.now(), kind=SourceKind.OPEN311)
    schema = schemathesis.openapi.from_dict(json.loads(export_open311()))
    schema.config.update(base_url=f"{server_url}/open311/v2")

    for operation in [found.ok() for found in schema.get_all_operations()]:
        _fuzz(operation, f"{made.source.name}.{made.key}")


def _fuzz(operation, key: str) -> None:
    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy())
    def fuzz(case) -> None:
        if isinstance(case.body, dict):
            case.body = {**case.body, "api_key": key, "service_code": "A101"}
        answer = case.call(timeout=20)
        case.validate_response(answer, checks=CHECKS)

    fuzz()
