"""A question: filed like a report of an item that nobody reports otherwise, and followed by the same link."""

from backend.accounts.structs import Actor
from backend.consultations.errors import QuestionMissing, TopicUnknown
from backend.consultations.topics import ASKER, TOPICS
from backend.reports import service as reports
from backend.reports.structs import ReportedAs, Submission, SubmissionResult
from backend.routes.http import quotas
from backend.routes.http.request_context import RequestContext

_AS_ASKER = ReportedAs(kinds=frozenset({ASKER}))


async def ask(ctx: RequestContext, question: Submission, asker: Actor) -> SubmissionResult:
    """File a question; one that was sent before gets its first receipt.

    Raises TopicUnknown, QuestionMissing, QuotaUsedUp, and what a report is refused for.
    """
    if question.item not in TOPICS:
        raise TopicUnknown
    if not question.description:
        raise QuestionMissing
    charged = await quotas.take(ctx, "report", asker, door=question.code or "")
    base_url = ctx.settings.base_url
    sent = await reports.submit_anew(question, asker, base_url=base_url, now=ctx.now, reported_as=_AS_ASKER)
    await quotas.give_back_unless(sent.is_new, charged)
    return sent
