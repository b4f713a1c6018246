#!/bin/sh
# standardwebhooks 1.1.0: an instant with a zone is signed as if its digits were UTC.
#
# Expected: sign() of one and the same instant gives one signature, whatever zone the datetime carries, so that
#   Webhook.sign(id, datetime.now(ZoneInfo("Asia/Shanghai")), body) is what verify() of the same library accepts.
# Seen: sign() does timestamp.replace(tzinfo=utc): 16:00+08:00 is signed as 16:00Z. The header webhook-timestamp that a
#   caller makes of int(at.timestamp()) then says another second than what was signed, and every receiver answers that no
#   signature matches. With UTC, or with a naive datetime in UTC, it works, which is why the library's own tests pass.
set -eu
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check standardwebhooks==1.1.0
"$folder/venv/bin/python" - <<'PY'
from datetime import UTC, datetime, timedelta, timezone

from standardwebhooks import Webhook, WebhookVerificationError

webhook = Webhook("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
instant = datetime.now(UTC).replace(microsecond=0)
in_shanghai = instant.astimezone(timezone(timedelta(hours=8)))
body = '{"type":"order.closed"}'


def is_believed(at: datetime) -> bool:
    headers = {"webhook-id": "msg_1", "webhook-timestamp": str(int(at.timestamp()))}
    headers["webhook-signature"] = webhook.sign("msg_1", at, body)
    try:
        webhook.verify(body, headers)
    except WebhookVerificationError as error:
        print(at.isoformat(), "->", error)
        return False
    print(at.isoformat(), "-> believed")
    return True


assert instant == in_shanghai
assert is_believed(instant)
assert not is_believed(in_shanghai), "changed: an instant is signed alike in every zone"
PY
