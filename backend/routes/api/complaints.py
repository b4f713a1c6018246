"""Complaints about shops over HTTP, and the opening of a sealed identity by two persons."""

from litestar import Controller, Response, post
from litestar.openapi.datastructures import ResponseSpec
from litestar.params import FromPath, JSONBody

from backend.reports.structs import ReportReceipt, Submission
from backend.routes.actions import complaining, scanning
from backend.routes.http.auth import SEALED
from backend.routes.http.dependencies import Ctx
from backend.routes.http.guards import signed_in
from backend.structs import Read, Write
from shops.complaints import opening
from shops.complaints.structs import Contact, Identity, Reason


class Complaint(Submission, frozen=True, kw_only=True):
    """A report about a shop, by its code. `item` is C403 or B401. The contact is sealed, and may be left out."""

    contact: Contact | None = None


class OpeningRequest(Write, frozen=True, kw_only=True):
    reason: Reason


class OpeningDecision(Write, frozen=True, kw_only=True):
    is_agreed: bool


class AskedOpening(Read, frozen=True, kw_only=True):
    id: int


class ComplaintController(Controller):
    path = "/complaints"
    tags = ("shops",)
    guards = (signed_in,)

    @post(
        operation_id="submit_complaint",
        opt=SEALED,
        summary="Complain about a shop: nobody learns who did",
        responses={200: ResponseSpec(ReportReceipt, description="Sent before under the same client_id")},
    )
    async def submit(self, ctx: Ctx, data: JSONBody[Complaint]) -> Response[ReportReceipt]:
        """The receipt's link is the only way back to it. 422 for a code that is no shop's."""
        async with scanning.parsing(ctx, data) as sent:
            await complaining.get_shop_front(sent.code)
            complaint = Submission(**{name: getattr(sent, name) for name in Submission.__struct_fields__})
            contact, photos = data.contact or Contact(), data.photo_ids
            known = {"item": sent.item, "door": sent.code or ""}
            behind = await complaining.stand_behind(ctx, ctx.actor, sent.idempotency_key, contact, photos, **known)
            filed = await complaining.complain(ctx, complaint, behind)
        return Response(filed.receipt, status_code=201 if filed.is_new else 200)


class IdentityOpeningController(Controller):
    path = "/orders/{order_id:int}/identity-openings"
    tags = ("shops",)
    guards = (signed_in,)

    @post(operation_id="ask_identity_opening", summary="Ask to know who complained; another one has to agree")
    async def ask(self, ctx: Ctx, order_id: FromPath[int], data: JSONBody[OpeningRequest]) -> AskedOpening:
        """404 without a complaint behind the order and for whoever may not ask; 409 while another request waits."""
        return AskedOpening(id=await opening.ask(order_id, data.reason, ctx.actor, ctx.now))


class IdentityOpeningDecisionController(Controller):
    path = "/identity-openings/{opening_id:int}"
    tags = ("shops",)
    guards = (signed_in,)

    @post("/decision", operation_id="decide_identity_opening", status_code=204, summary="Agree or refuse, once")
    async def decide(self, ctx: Ctx, opening_id: FromPath[int], data: JSONBody[OpeningDecision]) -> None:
        """403 for whoever asked, 409 when it was decided before."""
        await opening.decide(opening_id, is_agreed=data.is_agreed, actor=ctx.actor, now=ctx.now)

    @post("/readings", operation_id="read_identity", status_code=200, summary="Read who complained; it is logged")
    async def read(self, ctx: Ctx, opening_id: FromPath[int]) -> Identity:
        """For the two persons, within a day after the second agreed; 409 otherwise."""
        return await opening.read(opening_id, actor=ctx.actor, seal=ctx.runtime.identity_seal, now=ctx.now)
