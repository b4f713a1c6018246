"""A finding over HTTP: its story, and every move of it: by the shop, by an inspector, by a panel."""

from litestar import Controller, get, post
from litestar.params import JSONBody

from backend.routes.http.dependencies import By, Ctx
from backend.routes.http.parameters import Id
from shops.inspections import access, rectifying
from shops.inspections.states import FindingMove
from shops.inspections.structs import FindingAct, SeenFinding


async def _moved(finding_id: int, move: FindingMove, said: FindingAct, by: By) -> SeenFinding:
    await rectifying.make_move(finding_id, move, said, by.actor, key=by.idempotency_key, now=by.now)
    return await access.see(finding_id, by.actor, by.now)


class FindingsController(Controller):
    """The shop answers and appeals; whoever inspects there looks again; a panel without the first inspector decides."""

    path = "/findings/{finding_id:int}"
    tags = ("shops",)

    @get(operation_id="get_finding", summary="A finding with its story")
    async def get_finding(self, ctx: Ctx, finding_id: Id) -> SeenFinding:
        """The shop is told no names of staff."""
        return await access.see(finding_id, ctx.actor, ctx.now)

    @post("/answer", operation_id="answer_finding", status_code=200, summary="已整改: it is put right, with photos")
    async def answer(self, finding_id: Id, data: JSONBody[FindingAct], by: By) -> SeenFinding:
        return await _moved(finding_id, FindingMove.ANSWER, data, by)

    @post("/pass", operation_id="pass_finding", status_code=200, summary="复查合格: looked at again, in order")
    async def pass_(self, finding_id: Id, data: JSONBody[FindingAct], by: By) -> SeenFinding:
        return await _moved(finding_id, FindingMove.PASS, data, by)

    @post("/fail", operation_id="fail_finding", status_code=200, summary="复查不合格: looked at again, not in order")
    async def fail(self, finding_id: Id, data: JSONBody[FindingAct], by: By) -> SeenFinding:
        return await _moved(finding_id, FindingMove.FAIL, data, by)

    @post("/appeal", operation_id="appeal_finding", status_code=200, summary="申诉: the shop does not agree")
    async def appeal(self, finding_id: Id, data: JSONBody[FindingAct], by: By) -> SeenFinding:
        """Once; the time until the decision is not the shop's."""
        return await _moved(finding_id, FindingMove.APPEAL, data, by)

    @post("/uphold", operation_id="uphold_finding", status_code=200, summary="维持: the finding stands")
    async def uphold(self, finding_id: Id, data: JSONBody[FindingAct], by: By) -> SeenFinding:
        return await _moved(finding_id, FindingMove.UPHOLD, data, by)

    @post("/strike", operation_id="strike_finding", status_code=200, summary="撤销: the finding does not stand")
    async def strike(self, finding_id: Id, data: JSONBody[FindingAct], by: By) -> SeenFinding:
        return await _moved(finding_id, FindingMove.STRIKE, data, by)
