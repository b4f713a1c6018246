"""The scanner alone on a page of its own, without server and database: as the product serves it, on this machine."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlsplit

from backend.routes.http.security_headers import SecurityHeaders
from backend.web.assets import files
from backend.web.i18n import catalogue

NOBODY = "https://nobody.example/"
"""Whose codes are ours: nobody's, so that every plate is somebody else's and the scanner goes on."""
_HEADERS = SecurityHeaders(is_https=False)
_SLOWER = """
(function () {
  const answer = self.postMessage.bind(self);
  let began = 0;
  self.addEventListener('message', function () { began = performance.now(); });
  self.postMessage = function (said) {
    const until = began + (performance.now() - began) * %s;
    while (performance.now() < until);
    answer(said);
  };
})();
"""
"""Before the script of a thread: each answer takes so many times as long. The browser slows pages alone."""
WATCH = """
window.tries = [];
const Thread = window.Worker;
window.Worker = function (address) {
  const thread = new Thread(address);
  let isReady = false;
  thread.addEventListener('message', function (event) {
    if (isReady) window.tries.push([performance.now(), event.data.texts ? event.data.texts.length : -1]);
    isReady = true;
  });
  return thread;
};
"""
"""In the page, before its scripts: when each picture had been looked at, and how many codes it held."""


@contextmanager
def served() -> Iterator[str]:
    """The address of the page. `?slower=6` gives it a decoder that takes six times as long."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()


def _page(slower: str) -> str:
    addresses = {
        "scanner": files.url("scanner.js"),
        "plate-reader": f"{files.url('plate_reader.js')}?slower={slower}",
        "qr-decoder": files.url("zxing_reader.js"),
        "qr-decoder-wasm": files.url("zxing_reader.wasm"),
        "code-prefixes": NOBODY,
    }
    told = "".join(f' data-{name}="{address}"' for name, address in addresses.items())
    texts = catalogue.for_scripts("zh", "scan").replace("'", "&#39;")
    styles = "".join(f'<link rel="stylesheet" href="{files.url(name)}">' for name in ("app.css", "scanner.css"))
    return (
        f'<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>scanner</title>{styles}'
        f"<body{told} data-texts='{texts}'><script src=\"{addresses['scanner']}\"></script></body></html>"
    )


class _Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        slower = parse_qs(parts.query).get("slower", ["1"])[0]
        if parts.path == "/":
            self._answer("text/html", _page(slower).encode())
            return
        asset = files.find(parts.path.rpartition("/")[2])
        if asset is None:
            self.send_error(404)
            return
        before = (_SLOWER % json.dumps(float(slower))).encode() if "slower" in parts.query else b""
        self._answer(asset.media_type, before + asset.plain)

    def _answer(self, media_type: str, content: bytes) -> None:
        self.send_response(200)
        for name, value in _HEADERS.missing(urlsplit(self.path).path, []):
            self.send_header(name.decode(), value.decode())
        self.send_header("content-type", media_type)
        self.send_header("content-length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *args: Any) -> None:
        """In silence."""
