"""Questions and answers that a person has released: for everybody, to search."""

from litestar import Response, get

from backend.consultations import queries
from backend.consultations.topics import TOPICS
from backend.routes.http.dependencies import Ctx
from backend.routes.pages import base
from backend.routes.pages.forms import word

_TEXT_CHARS = 100


@get("/answers", include_in_schema=False)
async def show_answers(ctx: Ctx) -> Response:
    query = ctx.request.query_params
    text, topic = word(query, "q", _TEXT_CHARS), word(query, "topic", 8)
    known = topic if topic in TOPICS else ""
    return base.html(
        "consultations/answers.html",
        await base.page_of(ctx),
        answers=await queries.search(text, known or None),
        text=text,
        topic=known,
        topics=TOPICS,
    )
