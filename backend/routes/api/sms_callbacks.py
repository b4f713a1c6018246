"""What a vendor of text messages posts by itself: which messages arrived, and which did not."""

from litestar import Controller, post
from litestar.params import FromPath

from backend import logs
from backend.errors import NotFound
from backend.routes.http.auth import PUBLIC
from backend.routes.http.dependencies import Ctx
from push.channels import Channel
from push.gateways.sms import reports
from push.gateways.sms.reports import ReportsUnreadable, SmsReport
from push.sending import receipts

_BODY_MAX_BYTES = 1_000_000

log = logs.get_logger()


class SmsCallbackController(Controller):
    path = "/api/v1/callbacks/sms"
    opt = PUBLIC
    include_in_schema = False  # the vendors' pages on status reports are the contract

    @post("/{key:str}", operation_id="receive_sms_reports", status_code=200, request_max_body_size=_BODY_MAX_BYTES)
    async def receive(self, ctx: Ctx, key: FromPath[str]) -> dict[str, int | str]:
        """Answered as both vendors want it. A report of a message that is not ours changes nothing."""
        own_key = ctx.settings.gateway_environment.get("YIMA_SMS_REPORT_KEY", "")
        if not reports.is_key(key, own_key):
            if own_key:
                log.warning("callback_refused", vendor="sms", why="key")
            raise NotFound
        try:
            found = reports.read(await ctx.request.body())
        except ReportsUnreadable as error:
            log.warning("callback_refused", vendor="sms", why=str(error))
            return {"code": 1, "msg": "unreadable", "result": 1, "errmsg": "unreadable"}
        known = [report for report in found if await _note(report, ctx)]
        log.info("callback_received", vendor="sms", reports=len(found), known=len(known))
        return {"code": 0, "msg": "OK", "result": 0, "errmsg": "OK"}


async def _note(report: SmsReport, ctx: Ctx) -> bool:
    """Whether it is about a message of ours."""
    if not report.has_arrived:
        return await receipts.lost(Channel.SMS, report.vendor_id, report.code, report.detail, ctx.now)
    if await receipts.arrived(Channel.SMS, report.vendor_id):
        return True
    return report.delivery_id is not None and await receipts.arrived_after_all(Channel.SMS, report.delivery_id)
