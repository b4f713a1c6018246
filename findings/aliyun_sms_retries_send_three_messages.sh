#!/bin/sh
# alibabacloud_dysmsapi20170525 4.6.0 (tea-openapi 0.4.6, darabonba-core 1.0.9): where retries are switched on, and what they cost.
#
# Expected: the retries of `RuntimeOptions` count for a call, as they are named; a repeat carries something by which the
#   vendor tells it from a new message.
# Seen: RuntimeOptions(autoretry=True, max_attempts=3) and RuntimeOptions(retry_options=...) change nothing, one request.
#   Config(retry_options=...) alone retries, after a read timeout as well, each time with a new signature nonce: a vendor
#   that was slow to answer has been asked for three text messages, and the person's phone rings three times. The number
#   and the words stand in the query of every request.
set -eu
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check alibabacloud_dysmsapi20170525==4.6.0 \
    alibabacloud-tea-openapi==0.4.6 darabonba-core==1.0.9
"$folder/venv/bin/python" - <<'PY'
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from alibabacloud_dysmsapi20170525.client import Client
from alibabacloud_dysmsapi20170525.models import SendSmsRequest
from alibabacloud_tea_openapi.utils_models import Config
from darabonba.policy.retry import RetryCondition, RetryOptions
from darabonba.runtime import RuntimeOptions

asked = []


class Slow(BaseHTTPRequestHandler):
    def do_POST(self):
        asked.append((self.path, self.headers["x-acs-signature-nonce"]))
        time.sleep(1)

    def log_message(self, *_):
        pass


server = ThreadingHTTPServer(("127.0.0.1", 0), Slow)
server.daemon_threads = True
threading.Thread(target=server.serve_forever, daemon=True).start()
retries = RetryOptions(
    {"retryable": True, "retryCondition": [{"maxAttempts": 3, "exception": ["RetryError"], "errorCode": []}]}
)
message = SendSmsRequest(
    phone_numbers="13800138000", sign_name="sign", template_code="SMS_1", template_param='{"code":"123456"}'
)


def requests_of(runtime, **config):
    asked.clear()
    client = Client(
        Config(
            access_key_id="id", access_key_secret="secret", endpoint=f"127.0.0.1:{server.server_port}",
            protocol="http", read_timeout=200, **config,
        )
    )
    try:
        client.send_sms_with_options(message, runtime)
    except Exception as error:
        said = str(error)
    return len(asked), len({nonce for _, nonce in asked}), said


plain = requests_of(RuntimeOptions())
autoretry = requests_of(RuntimeOptions(autoretry=True, max_attempts=3))
in_config = requests_of(RuntimeOptions(), retry_options=retries)
print("requests and nonces: plain", plain[:2], " RuntimeOptions", autoretry[:2], " Config", in_config[:2])
print("the path of a request:", asked[0][0][:90])
assert plain[0] == 1
assert autoretry[0] == 1, "changed: RuntimeOptions retries"
assert in_config[:2] == (3, 3), "changed: one timeout is no longer three messages"
assert "13800138000" in asked[0][0] and "123456" in asked[0][0]
PY
