"""咨询: ask a question where a code hangs. The answer comes under the same link as a report's progress."""

from dataclasses import dataclass, field, replace

from litestar import Response, get, post
from litestar.datastructures import FormMultiDict

from backend.consultations.topics import TOPICS
from backend.errors import AppError, BadRequest
from backend.reports.structs import Submission
from backend.routes.actions import consulting, scanning
from backend.routes.http.dependencies import Ctx
from backend.routes.http.request_context import RequestContext
from backend.routes.pages import base
from backend.routes.pages.forms import new_key, read_form, read_key, word, words
from backend.routes.pages.resident import landing
from backend.structs import IdempotencyKey
from qr.codes import Code

_KEY_CHARS, _CODE_CHARS = 60, 200


@dataclass(frozen=True, slots=True)
class QuestionDraft:
    """What was written when the server refused it."""

    idempotency_key: IdempotencyKey = field(default_factory=new_key)
    code: str = ""
    topic: str = TOPICS[0]
    question: str = ""
    problem: dict[str, str] | None = None


@get("/ask", include_in_schema=False)
async def show_ask(ctx: Ctx) -> Response:
    query = ctx.request.query_params
    topic = query.get("topic", "")
    draft = QuestionDraft(code=word(query, "code", _CODE_CHARS), topic=topic if topic in TOPICS else TOPICS[0])
    return await _page(ctx, draft)


@post("/ask", include_in_schema=False)
async def send_question(ctx: Ctx) -> Response:
    draft = _draft(await read_form(ctx))
    asker, session = await landing.sender(ctx)
    try:
        async with scanning.counting_misses(ctx, draft.code) as code:
            sent = await consulting.ask(ctx, _question(draft, code), asker)
    except AppError as error:
        problem = base.problem_of(base.reader_of(ctx), error, stored=base.reader_of(ctx).t("ask.kept"))
        response = await _page(ctx, replace(draft, problem=problem), error.status)
        response.cookies.extend(session)
        return response
    return base.see_other(f"/r/{sent.receipt.tracking_token}?new=1", session)


def _draft(form: FormMultiDict) -> QuestionDraft:
    return QuestionDraft(
        idempotency_key=read_key(form, "client_id", _KEY_CHARS) or new_key(),
        code=word(form, "code", _CODE_CHARS),
        topic=word(form, "topic", 8),
        question=words(form, "question"),
    )


def _question(draft: QuestionDraft, code: Code | None) -> Submission:
    """Raises BadRequest without a code, WordsTooLong."""
    if code is None:
        raise BadRequest("question-code-missing", field="code")
    known = {"idempotency_key": draft.idempotency_key, "code": code, "item": draft.topic or "-"}
    return Submission(**known, description=draft.question)


async def _page(ctx: RequestContext, draft: QuestionDraft, status: int = 200) -> Response:
    page = await base.page_of(ctx)
    return base.html("consultations/ask.html", page, status=status, topics=TOPICS, draft=draft)
