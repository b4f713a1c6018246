"""What JPush says of messages that it took (统计 API, 送达统计详情). Pure.

https://docs.jiguang.cn/jpush/server/push/rest_api_v3_report
Each of our pushes goes to one phone, so a count is that phone. The makers of phones tell JPush of arrivals only where
their receipts were set up in its console.
"""

import httpx
import msgspec


class _Counts(msgspec.Struct):
    """On how many phones it is, by whose service; none where nothing was sent by it."""

    msg_id: str | int
    jpush_received: int | None = None
    android_pns_received: int | None = None
    ios_apns_received: int | None = None
    hmos_hmpns_received: int | None = None

    @property
    def has_arrived(self) -> bool:
        counts = (self.jpush_received, self.android_pns_received, self.ios_apns_received, self.hmos_hmpns_received)
        return any(counts)


def arrived_in(response: httpx.Response) -> list[str] | None:
    """The numbers of those that arrived; None where the answer does not say."""
    if not response.is_success:
        return None
    try:
        found = msgspec.json.decode(response.content, type=list[_Counts])
    except msgspec.DecodeError:
        return None
    return [str(each.msg_id) for each in found if each.has_arrived]
