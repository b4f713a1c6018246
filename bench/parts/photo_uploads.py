"""Photos as phones send them: whole requests made beforehand, so that the client costs the machine next to nothing."""

import os
from collections import deque

from bench.parts import clients, photo_inputs
from bench.parts.stage import Stage

PATH = "/api/v1/photos"
TWELVE_MEGAPIXELS = (4000, 3000)
PHONES = int(os.environ.get("YIMA_BENCH_PHONES", "3"))
_BOUNDARY = b"yima-bench"


def requests_of(here: Stage, token: str, size: tuple[int, int], count: int) -> deque[bytes]:
    """So many uploads of one photo of that size; each becomes a photo of its own, as it comes without a key."""
    photo = photo_inputs.camera_photo(*size)
    part = b'Content-Disposition: form-data; name="file"; filename="p.jpg"\r\nContent-Type: image/jpeg\r\n\r\n'
    body = b"--" + _BOUNDARY + b"\r\n" + part + photo + b"\r\n--" + _BOUNDARY + b"--\r\n"
    head = {
        "Host": f"{here.host}:{here.port}",
        "Authorization": f"Bearer {token}",
        "Content-Type": f"multipart/form-data; boundary={_BOUNDARY.decode()}",
        "Content-Length": str(len(body)),
    }
    lines = [f"POST {PATH} HTTP/1.1", *(f"{name}: {value}" for name, value in head.items())]
    return deque(["\r\n".join(lines).encode() + b"\r\n\r\n" + body] * count)


def from_phones(here: Stage, size: tuple[int, int], each: int, phones: int = PHONES) -> list[deque[bytes]]:
    """Uploads of several phones; their tokens live for ten minutes."""
    return [requests_of(here, phone.token, size, each) for phone in clients.open_phones(here, phones)]
