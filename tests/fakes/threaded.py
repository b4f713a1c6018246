"""A fake's server in a thread of its own: for SDKs that block, and to be run by itself; as unreliable as it is told."""

import argparse
import json
import random
import sys
import threading
import time
from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self
from urllib.parse import parse_qsl, urlsplit

CONTROL = "/_fake"
"""POST {"trouble": "fail", "times": 3, "status": 503} here tells a fake that runs by itself what to do next."""


@dataclass(frozen=True)
class Asked:
    """A request as it came in."""

    method: str
    path: str
    query: Mapping[str, str]
    headers: Mapping[str, str]
    """Names in lower case."""
    body: bytes

    def json(self) -> Any:
        return json.loads(self.body)


@dataclass(frozen=True)
class Reply:
    status: int
    body: Any
    """What is said as JSON; bytes are sent as they are, as HTML."""
    headers: Mapping[str, str] = field(default_factory=dict)


class Trouble(StrEnum):
    """What can go wrong between us and a vendor."""

    SLOW = "slow"
    """It does as asked, but the answer takes longer than anybody waits."""
    FAIL = "fail"
    """It answers with an error of the server and has done nothing."""
    LIMIT = "limit"
    """It takes no more for now."""
    HTML = "html"
    """A proxy's page in place of an answer; nothing was done."""
    IN_200 = "in-200"
    """An error code in an answer whose status is 200."""
    DROP = "drop"
    """It does as asked and hangs up."""


@dataclass
class Planned:
    trouble: Trouble
    status: int = 503
    retry_after: str = ""


class Fake:
    """Answers by `answer`. `asked` are all requests, `next` what goes wrong with the next ones, in their order.

    `chance`: how often one of `troubles` comes by itself, by `dice`. `slow_s`: how long a slow answer takes.
    """

    def __init__(
        self,
        *,
        chance: float = 0.0,
        dice: random.Random | None = None,
        slow_s: float = 2.0,
        troubles: Sequence[Trouble] = tuple(Trouble),
    ) -> None:
        self.chance, self.dice, self.slow_s = chance, dice or random.Random(1), slow_s
        self.troubles = troubles
        self.lock = threading.Lock()
        self.base = ""
        self.reset()

    def reset(self) -> None:
        """Forget what was asked and planned."""
        self.asked: list[Asked] = []
        self.next: deque[Planned] = deque()

    def answer(self, asked: Asked) -> Reply:
        """What the vendor says to a request."""
        raise NotImplementedError

    def failure(self, planned: Planned) -> Reply:
        """The vendor's own words for FAIL, LIMIT and IN_200."""
        raise NotImplementedError

    def is_spared(self, asked: Asked) -> bool:
        """Requests that no trouble touches."""
        return False

    def plan(self, trouble: Trouble, times: int = 1, **more: Any) -> None:
        self.next.extend(Planned(trouble, **more) for _ in range(times))

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(self, *_: object) -> None:
        self.stop()

    def start(self, port: int = 0) -> Self:
        self._server = ThreadingHTTPServer(("127.0.0.1", port), _handler(self))
        self._server.daemon_threads = True
        self.base = f"http://127.0.0.1:{self._server.server_address[1]}"
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()
        return self

    def stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    def settled(self) -> None:
        """Wait until slow answers are out."""
        time.sleep(self.slow_s)

    def respond(self, asked: Asked) -> Reply | None:
        """The reply, or None to hang up."""
        with self.lock:
            self.asked.append(asked)
            planned = None if self.is_spared(asked) else self._planned()
            if planned is None:
                return self.answer(asked)
            if planned.trouble is Trouble.HTML:
                return Reply(502, b"<html><h1>502 Bad Gateway</h1></html>")
            if planned.trouble in (Trouble.FAIL, Trouble.LIMIT, Trouble.IN_200):
                return self.failure(planned)
            reply = self.answer(asked)
        if planned.trouble is Trouble.DROP:
            return None
        time.sleep(self.slow_s)
        return reply

    def _planned(self) -> Planned | None:
        if self.next:
            return self.next.popleft()
        if self.chance and self.dice.random() < self.chance:
            return Planned(self.dice.choice(self.troubles))
        return None


def _handler(fake: Fake) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        wbufsize = -1

        def _serve(self) -> None:
            url = urlsplit(self.path)
            body = self.rfile.read(int(self.headers.get("content-length") or 0))
            headers = {name.lower(): value for name, value in self.headers.items()}
            asked = Asked(self.command, url.path, dict(parse_qsl(url.query, True)), headers, body)
            if url.path == CONTROL:
                fake.plan(**_order(asked.json()))
                self._say(Reply(200, {}))
                return
            reply = fake.respond(asked)
            if reply is None:
                self.close_connection = True
                return
            self._say(reply)

        do_GET = do_POST = do_DELETE = _serve  # noqa: N815

        def _say(self, reply: Reply) -> None:
            raw = isinstance(reply.body, bytes)
            body = reply.body if raw else json.dumps(reply.body, ensure_ascii=False).encode()
            self.send_response(reply.status)
            kind = "text/html" if raw else "application/json; charset=utf-8"
            for name, value in {"content-type": kind, "content-length": str(len(body)), **reply.headers}.items():
                self.send_header(name, value)
            self.end_headers()
            try:
                self.wfile.write(body)
                self.wfile.flush()
            except OSError:
                self.close_connection = True

        def log_message(self, format: str, *args: Any) -> None:
            """Addresses of people stand in paths: nothing is logged."""

    return Handler


def _order(said: Mapping[str, Any]) -> dict[str, Any]:
    return {**said, "trouble": Trouble(said["trouble"])}


def options(words: argparse.ArgumentParser) -> argparse.Namespace:
    words.add_argument("--port", type=int, required=True)
    words.add_argument("--chance", type=float, default=0.0, help="how often something goes wrong, 0 to 1")
    words.add_argument("--slow-s", type=float, default=30.0)
    return words.parse_args()


def stay(fake: Fake, port: int) -> None:
    """Serve until the process is ended."""
    fake.start(port)
    sys.stdout.write(f"{fake.base}\n")
    sys.stdout.flush()
    threading.Event().wait()
