"""Policies over HTTP: written and sent by the street, read, applied for and asked about by the people of shops."""

from typing import Annotated
from uuid import uuid4

from litestar import Controller, get, post
from litestar.params import JSONBody
from msgspec import Meta

from backend.routes.http.dependencies import Ctx
from backend.routes.http.guards import signed_in
from backend.routes.http.parameters import Id, IdempotencyKeyHeader
from backend.structs import IdempotencyKey, Read, Write
from backend.words import Note
from shops.policies import asking, queries, service
from shops.policies.structs import PolicyDraft, PolicyView, Preview, ReceivedPolicy


class WrittenPolicy(Read, frozen=True, kw_only=True):
    id: int


class SentPolicy(Read, frozen=True, kw_only=True):
    people: int


class PolicyQuestionText(Write, frozen=True, kw_only=True):
    question: Annotated[Note, Meta(min_length=1)]


class AskedOrder(Read, frozen=True, kw_only=True):
    order_id: int


class PolicyController(Controller):
    path = "/policies"
    tags = ("shops",)
    guards = (signed_in,)

    @get(
        operation_id="list_policies",
        summary="The policies that one's areas wrote, with how many read and applied",
    )
    async def list_policies(self, ctx: Ctx) -> list[PolicyView]:
        return await queries.list_policies(service.areas_of(ctx.actor))

    @post(operation_id="write_policy", summary="Keep a draft")
    async def write(self, ctx: Ctx, data: JSONBody[PolicyDraft]) -> WrittenPolicy:
        return WrittenPolicy(id=await service.write(data, ctx.actor, ctx.now))

    @get("/received", operation_id="list_received_policies", summary="What one got for the own shops")
    async def list_received(self, ctx: Ctx) -> list[ReceivedPolicy]:
        return await queries.list_received(ctx.actor.account_id)

    @get("/{policy_id:int}/preview", operation_id="preview_policy", summary="Who would get it now")
    async def preview(self, ctx: Ctx, policy_id: Id) -> Preview:
        return await service.preview(policy_id, ctx.actor)

    @post("/{policy_id:int}/send", operation_id="send_policy", status_code=200, summary="Send it, once")
    async def send(self, ctx: Ctx, policy_id: Id) -> SentPolicy:
        """409 where it was sent before, or is for nobody."""
        return SentPolicy(people=await service.send(policy_id, ctx.actor, ctx.now))

    @post("/{policy_id:int}/withdraw", operation_id="withdraw_policy", status_code=204, summary="It holds no longer")
    async def withdraw(self, ctx: Ctx, policy_id: Id) -> None:
        await service.withdraw(policy_id, ctx.actor, ctx.now)

    @post("/{policy_id:int}/read", operation_id="read_policy", status_code=204, summary="One has read it")
    async def read(self, ctx: Ctx, policy_id: Id) -> None:
        await service.read(policy_id, ctx.actor, ctx.now)

    @post(
        "/{policy_id:int}/shops/{shop_id:int}/application",
        operation_id="apply_for_policy",
        status_code=204,
        summary="The shop applies; twice is the same",
    )
    async def apply(self, ctx: Ctx, policy_id: Id, shop_id: Id) -> None:
        await service.apply(policy_id, shop_id, ctx.actor, ctx.now)

    @post("/{policy_id:int}/shops/{shop_id:int}/questions", operation_id="ask_about_policy", summary="Ask about it")
    async def ask(
        self,
        ctx: Ctx,
        policy_id: Id,
        shop_id: Id,
        data: JSONBody[PolicyQuestionText],
        key: IdempotencyKeyHeader = None,
    ) -> AskedOrder:
        """The question is an order of C301 for the business service desk; the same one under the same key."""
        order_id = await asking.ask(
            policy_id, shop_id, data.question, ctx.actor, key=key or IdempotencyKey(str(uuid4())), now=ctx.now
        )
        return AskedOrder(order_id=order_id)
