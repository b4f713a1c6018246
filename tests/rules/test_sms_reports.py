"""Reports of delivery as Aliyun and Tencent post them, and what is none."""

import pytest

from push.gateways.sms import reports
from push.gateways.sms.reports import ReportsUnreadable

ALIYUN = b"""[{"phone_number":"13800000000","send_time":"2026-11-21 08:52:00","report_time":"2026-11-21 08:52:05",
"success":true,"err_code":"DELIVERED","err_msg":"ok","sms_size":"1","biz_id":"932702304080415357^0","out_id":"d42"}]"""
TENCENT = """[{"user_receive_time":"2026-11-21 08:52:04","nationcode":"86","mobile":"13800000000",
"report_status":"FAIL","errmsg":"MK:0001","description":"空号","sid":"8:abc"}]""".encode()


def test_both_vendors_are_read():
    [aliyun], [tencent] = reports.read(ALIYUN), reports.read(TENCENT)

    assert (aliyun.vendor_id, aliyun.has_arrived, aliyun.delivery_id) == ("932702304080415357^0", True, 42)
    assert (tencent.vendor_id, tencent.has_arrived, tencent.code, tencent.detail) == ("8:abc", False, "MK:0001", "空号")


@pytest.mark.parametrize("out_id", ["", "42", "d0", "d42x", "d" + "9" * 30])
def test_a_reference_that_is_not_ours_is_none(out_id):
    [report] = reports.read(ALIYUN.replace(b'"d42"', f'"{out_id}"'.encode()))

    assert report.delivery_id is None


@pytest.mark.parametrize("body", [b"", b"{}", b"[1]", b'[{"sid":5}]', b'[{"biz_id":"1","success":"yes"}]', b"\xff"])
def test_what_is_no_list_of_reports_is_refused_without_being_repeated(body):
    with pytest.raises(ReportsUnreadable):
        reports.read(body)


@pytest.mark.parametrize(("given", "key", "is_it"), [("a" * 48, "a" * 48, True), ("", "", False), ("b", "a", False)])
def test_the_key_of_the_address(given, key, is_it):
    assert reports.is_key(given, key) is is_it
