#!/bin/sh
# firebase-admin 7.7.0, messaging.send_each_async: one message fails the whole batch, and Retry-After counts for nothing.
#
# Expected: a BatchResponse holds a result for each message, whatever one of them meets; 429 and 503 are retried, if at
#   all, when Retry-After says so.
# Seen: one data value that is no string raises ValueError and nothing at all is sent. One answer with status 200 that is
#   no JSON raises UnknownError: the others were delivered, and the caller learns of none of them. 429 with Retry-After is
#   asked once and never again. 503 with Retry-After: 0 is asked five times with pauses of its own, about seven seconds,
#   before any result of the batch is there. A 404 without an FcmError is NotFoundError, not UnregisteredError.
set -eu
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check firebase-admin==7.7.0
"$folder/venv/bin/python" -W ignore - <<'PY'
import asyncio
import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import firebase_admin
from firebase_admin import credentials, exceptions, messaging
from google.auth.credentials import Credentials

seen = []


class Fcm(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self):
        token = json.loads(self.rfile.read(int(self.headers["content-length"])))["message"]["token"]
        seen.append(token)
        status, body = 200, b'{"name": "projects/p/messages/1"}'
        if token == "html":
            body = b"<html>"
        elif token.isdecimal():
            status, body = int(token), b"{}"
        self.send_response(status)
        self.send_header("content-length", str(len(body)))
        self.send_header("retry-after", "0")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


class Token(Credentials):
    token = "t"
    valid = True

    def refresh(self, request):
        pass

    def before_request(self, request, method, url, headers):
        headers["authorization"] = "Bearer t"


class Given(credentials.Base):
    def get_credential(self):
        return Token()


server = ThreadingHTTPServer(("127.0.0.1", 0), Fcm)
server.daemon_threads = True
threading.Thread(target=server.serve_forever, daemon=True).start()
messaging._MessagingService.FCM_URL = f"http://127.0.0.1:{server.server_port}/v1/projects/{{0}}/messages:send"
app = firebase_admin.initialize_app(Given(), {"projectId": "p"})


async def send(*messages):
    seen.clear()
    begun = time.monotonic()
    try:
        batch = await messaging.send_each_async(list(messages))
        said = [type(each.exception).__name__ if each.exception else "sent" for each in batch.responses]
    except Exception as error:
        said = type(error).__name__
    return said, len(seen), time.monotonic() - begun


async def main():
    good = messaging.Message(token="good")
    number = await send(good, messaging.Message(token="good", data={"order_id": 7}))
    html = await send(good, messaging.Message(token="html"), good)
    limit = await send(good, messaging.Message(token="429"))
    busy = await send(good, messaging.Message(token="503"))
    gone = await send(messaging.Message(token="404"))
    for name, got in (("number", number), ("html", html), ("429", limit), ("503", busy), ("404", gone)):
        print(f"{name}: {got[0]}, {got[1]} requests, {got[2]:.1f} s")
    assert number[:2] == ("ValueError", 0), "changed: one bad value no longer stops the batch"
    assert html[:2] == ("UnknownError", 3), "changed: one unreadable answer no longer hides the others"
    assert limit[:2] == (["sent", "QuotaExceededError"], 2) or limit[:2] == (["sent", "ResourceExhaustedError"], 2)
    assert busy[:2] == (["sent", "UnavailableError"], 6) and busy[2] > 5, "changed: 503 is retried otherwise"
    assert gone[0] == ["NotFoundError"], "changed: a bare 404"


asyncio.run(main())
PY
