#!/bin/sh
# tencentcloud-sdk-python-sms 3.1.153 (common 3.1.195), asynchronous client: a second loop, and errors that leak.
#
# Expected: a client of HttpProfile(keepAlive=True) opens new connections where those that it holds are of no use; every
#   failure is a TencentCloudSDKException, as with the synchronous client and as the README catches it.
# Seen: with keepAlive a client that was used in one loop fails in the next one with RuntimeError 'Event loop is closed',
#   before anything is sent; without it (the default) it works. A timeout is a bare httpx.ReadTimeout, a page of a proxy
#   a bare json.JSONDecodeError, where the synchronous client wraps both.
set -eu
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check tencentcloud-sdk-python-sms==3.1.153 \
    tencentcloud-sdk-python-common==3.1.195 httpx==0.28.1
"$folder/venv/bin/python" - <<'PY'
import asyncio
import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import httpx
from tencentcloud.common.credential import Credential
from tencentcloud.common.profile.client_profile import ClientProfile
from tencentcloud.common.profile.http_profile import HttpProfile
from tencentcloud.sms.v20210111 import models, sms_client, sms_client_async

answers = {"kind": "good"}
GOOD = json.dumps({"Response": {"SendStatusSet": [], "RequestId": "1"}}).encode()


class Vendor(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self):
        self.rfile.read(int(self.headers["content-length"]))
        if answers["kind"] == "slow":
            time.sleep(2)
        body = b"<html>" if answers["kind"] == "html" else GOOD
        self.send_response(200)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


class Server(ThreadingHTTPServer):
    def handle_error(self, *_):
        pass


server = Server(("127.0.0.1", 0), Vendor)
server.daemon_threads = True
threading.Thread(target=server.serve_forever, daemon=True).start()


def client(module, **more):
    http = HttpProfile(protocol="http", endpoint=f"127.0.0.1:{server.server_port}", reqTimeout=1, **more)
    return module.SmsClient(Credential("id", "key"), "ap-guangzhou", ClientProfile(httpProfile=http))


def outcome(ask):
    try:
        ask()
        return "answered"
    except Exception as error:
        return type(error).__name__


def twice(**more):
    one = client(sms_client_async, **more)
    return [outcome(lambda: asyncio.run(one.SendSms(models.SendSmsRequest()))) for _ in range(2)]


kept, plain = twice(keepAlive=True), twice()
print("two loops, keepAlive:", kept, " default:", plain)
assert kept == ["answered", "RuntimeError"], "changed: keepAlive survives its loop"
assert plain == ["answered", "answered"]
for kind, expected in (("html", "JSONDecodeError"), ("slow", "ReadTimeout")):
    answers["kind"] = kind
    leaks = outcome(lambda: asyncio.run(client(sms_client_async).SendSms(models.SendSmsRequest())))
    wraps = outcome(lambda: client(sms_client).SendSms(models.SendSmsRequest()))
    print(kind, "asynchronous:", leaks, " synchronous:", wraps)
    assert (leaks, wraps) == (expected, "TencentCloudSDKException"), "changed: what leaks"
PY
