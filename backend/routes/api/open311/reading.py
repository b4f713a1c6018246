"""What anybody may read at the endpoint, and what a source with its key reads of its own."""

from litestar import Request, Response, get
from litestar.params import FromPath

from backend.intake.open311.server import access, catalogue, requests, tokens, updates
from backend.intake.open311.server.discovery import discovery
from backend.intake.open311.wire import formats
from backend.intake.open311.wire.formats import WireFormat
from backend.routes.api.open311.answering import language_of, say
from backend.routes.http.dependencies import Ctx
from backend.routes.http.limits import address_of
from backend.routes.http.request_context import RequestContext


@get(["/discovery.xml", "/discovery.json"], include_in_schema=False)
async def show_discovery(ctx: Ctx) -> Response[bytes]:
    return say("discovery", discovery(ctx.settings.base_url), _form(ctx.request))


@get(["/services.xml", "/services.json"], include_in_schema=False)
async def list_services(ctx: Ctx) -> Response[bytes]:
    await _area(ctx)
    lang = language_of(ctx.request)
    rows = [catalogue.service_row(service, lang) for service in await catalogue.list_services()]
    return say("services", rows, _form(ctx.request))


@get("/services/{file:str}", include_in_schema=False)
async def show_definition(ctx: Ctx, file: FromPath[str]) -> Response[bytes]:
    await _area(ctx)
    code, form = formats.split(file)
    service = await catalogue.get_service(code)
    return say("service_definition", catalogue.definition(service, language_of(ctx.request)), form)


@get(["/requests.xml", "/requests.json"], include_in_schema=False)
async def list_requests(ctx: Ctx) -> Response[bytes]:
    area_code, query = await _area(ctx), ctx.request.query_params
    source = await access.source_of(query.get("api_key", ""))
    lang, base_url = language_of(ctx.request), ctx.settings.base_url
    rows = await requests.list_requests(query, area_code, source, lang, base_url, ctx.now)
    return say("service_requests", rows, _form(ctx.request))


@get("/requests/{file:str}", include_in_schema=False)
async def show_request(ctx: Ctx, file: FromPath[str]) -> Response[bytes]:
    await _area(ctx)
    number, form = formats.split(file)
    source = await access.source_of(ctx.request.query_params.get("api_key", ""))
    rows = await requests.get_request(number, source, language_of(ctx.request), ctx.settings.base_url, ctx.now)
    return say("service_requests", rows, form)


@get("/tokens/{file:str}", include_in_schema=False)
async def show_token(ctx: Ctx, file: FromPath[str]) -> Response[bytes]:
    await _area(ctx)
    token, form = formats.split(file)
    row = {"service_request_id": await tokens.find_number(token), "token": token}
    return say("service_requests", [row], form)


@get(["/servicerequestupdates.xml", "/servicerequestupdates.json"], include_in_schema=False)
async def list_updates(ctx: Ctx) -> Response[bytes]:
    await _area(ctx)
    query = ctx.request.query_params
    source = await access.reading_source(query.get("api_key", ""))
    rows = await updates.list_updates(query, source, ctx.settings.base_url, ctx.now)
    return say("service_request_updates", rows, _form(ctx.request))


def _form(request: Request) -> WireFormat:
    return formats.of_path(request.scope["path"])


async def _area(ctx: RequestContext) -> str:
    """For where, as far as that is said. Asking is limited by address."""
    ctx.runtime.limits.open311_by_address.take(address_of(ctx.request))
    return await access.area_of(ctx.request.query_params.get("jurisdiction_id", ""))


READ = [show_discovery, list_services, show_definition, list_requests, show_request, show_token, list_updates]
