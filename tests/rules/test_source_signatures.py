"""Signatures of webhooks: the specification's own vector, the library's word, and whatever stands in a header."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st
from standardwebhooks import Webhook

from backend.intake.sources import signatures
from backend.intake.sources.signatures import NotSigned

SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
OTHER = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD"
AT = datetime(2021, 7, 18, 0, 52, tzinfo=UTC)
BODY = '{"type":"case.told","data":{"source_no":"甲-1"}}'.encode()


def why(headers: dict[str, str], body: bytes = BODY, now: datetime = AT, secrets: tuple[str, ...] = (SECRET,)) -> str:
    with pytest.raises(NotSigned) as refused:
        signatures.require_signed(secrets, headers, body, now)
    return refused.value.why


def test_the_vector_of_the_specification_is_signed_alike():
    at = datetime.fromtimestamp(1614265330, UTC)
    signed = signatures.sign(SECRET, "msg_p5jXN8AQM9LWM0D4loKWxJek", at, b'{"test": 2432232314}')

    assert signed["webhook-signature"] == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


def test_the_library_believes_what_we_sign_in_whatever_zone_our_clock_says_it():
    here = datetime.now(timezone(timedelta(hours=8)))

    assert Webhook(SECRET).verify(BODY, signatures.sign(SECRET, "msg_1", here, BODY))["type"] == "case.told"


def test_what_is_signed_is_believed_for_five_minutes_with_either_secret_and_beside_others_signatures():
    signed = signatures.sign(SECRET, "msg_1", AT, BODY)
    other = signatures.sign(OTHER, "msg_1", AT, BODY)["webhook-signature"]
    beside = {**signed, "webhook-signature": f"v1a,AAAA {other} {signed['webhook-signature']}"}

    for headers, secrets in ((signed, (SECRET,)), (signed, (OTHER, SECRET)), (beside, (SECRET,))):
        assert signatures.require_signed(secrets, headers, BODY, AT + timedelta(minutes=5)) == "msg_1"


def test_what_is_stale_early_forged_or_without_headers_is_refused():
    signed = signatures.sign(SECRET, "msg_1", AT, BODY)

    assert why(signed, now=AT + timedelta(minutes=5, seconds=1)) == "stale"
    assert why(signed, now=AT - timedelta(minutes=5, seconds=1)) == "stale"
    assert why(signed, body=BODY + b" ") == "forged"
    assert why({**signed, "webhook-id": "msg_2"}) == "forged"
    assert why(signed, secrets=(OTHER,)) == "forged"
    assert why(signed, secrets=()) == "forged"
    assert why(signed, body=b"\xff") == "forged"
    assert {why({k: v for k, v in signed.items() if k != gone}) for gone in signed} == {"headers"}


@given(st.text(max_size=60), st.sampled_from(("webhook-id", "webhook-timestamp", "webhook-signature")))
def test_a_header_with_whatever_in_it_is_refused_and_nothing_else_happens(text, name):
    signed = signatures.sign(SECRET, "msg_1", AT, BODY)
    if text != signed[name]:
        assert why({**signed, name: text}) in ("headers", "stale", "forged")


@given(st.binary(max_size=200), st.binary(max_size=200))
def test_no_other_body_passes_under_a_signature(body, other):
    try:
        signed = signatures.sign(SECRET, "msg_1", AT, body)
    except UnicodeDecodeError:
        return
    if other != body:
        assert why(signed, body=other) == "forged"
