"""Every odd picture through the running server: what is answered, that no served byte holds metadata, and the memory.

Prints the table of docs/photo_inputs.md, and writes it there when called with `--write`.
"""

import asyncio
import json
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import httpx

from bench.parts import photo_inputs, stage, tools
from bench.parts.photo_inputs import Input
from bench.parts.stage import CHECKOUT, BenchFailed, Stage

_TABLE = CHECKOUT / "docs" / "photo_inputs.md"
_PLAIN_GROUPS = {"SourceFile", "ExifTool", "System", "File", "JFIF", "RIFF", "Composite"}
_ROUNDS = 40
_CLIENTS = 4
_HEAD = """# What the photo gate answers

Made by `python -m bench.photo_gate --write` from {count} files sent to the running server (docs/photos.md says how).
Served copies were read by ExifTool: {bare} copies of {kept} photos, none with a metadata block.

| folder | file | answer | code or size, upright |
|---|---|---|---|
"""


def main() -> None:
    here = asyncio.run(stage.build())
    stage.prepare(here)
    with stage.web(here) as web, stage.worker(here), httpx.Client(base_url=here.base_url, timeout=120) as phone:
        token = phone.post("/api/v1/sessions/device").json()["access_token"]
        phone.headers["authorization"] = f"Bearer {token}"
        rows, urls = _send_all(phone)
        bare = _check_copies(phone, urls)
        _print_memory(here, web, dict(phone.headers))
    text = _HEAD.format(count=len(rows), bare=bare, kept=len(urls) // 2) + "\n".join(rows) + "\n"
    if "--write" in sys.argv:
        _TABLE.write_text(text, encoding="utf-8")
    print(Counter(row.split("|")[3].strip() for row in rows), f"{bare} copies without metadata")


def _send_all(phone: httpx.Client) -> tuple[list[str], list[str]]:
    rows, urls = [], []
    for sent in (*photo_inputs.made(), *photo_inputs.real()):
        answer = _post(phone, sent)
        if answer.status_code >= 500:
            raise BenchFailed(f"{sent.name}: {answer.status_code} {answer.text[:200]}")
        body = answer.json()
        if answer.status_code == httpx.codes.CREATED:
            urls += [body["thumb_url"], body["large_url"]]
            what = f"{body['width']} x {body['height']}"
        else:
            what = body["code"]
        rows.append(f"| {sent.group} | {sent.name} | {answer.status_code} | {what} |")
    return rows, urls


def _post(phone: httpx.Client, sent: Input) -> httpx.Response:
    """By hand, so that the name goes as it is and nothing large is held."""
    name = sent.name.encode("ascii", "replace").replace(b'"', b"_")
    head = b'--b\r\nContent-Disposition: form-data; name="file"; filename="' + name + b'"\r\n\r\n'
    tail = b"\r\n--b--\r\n"
    size = len(head) + len(sent.content) * sent.repeats + len(tail)

    def body() -> Iterator[bytes]:
        yield head
        for _ in range(sent.repeats):
            yield sent.content
        yield tail

    headers = {"content-type": "multipart/form-data; boundary=b", "content-length": str(size)}
    return phone.post("/api/v1/photos", content=body(), headers=headers)


def _check_copies(phone: httpx.Client, urls: list[str]) -> int:
    """Read all copies, JPEG and WebP, with an independent reader of metadata. Raises BenchFailed on any block."""
    exiftool = tools.need("exiftool", "libimage-exiftool-perl")
    _wait_for_webp(phone, urls[-1])
    with TemporaryDirectory() as folder:
        for number, url in enumerate(urls):
            for accept in ("image/jpeg", "image/webp"):
                answer = phone.get(url, headers={"accept": accept})
                kind = answer.headers["content-type"].removeprefix("image/")
                (Path(folder) / f"{number}-{accept[6:]}.{kind}").write_bytes(answer.raise_for_status().content)
        told = subprocess.run([exiftool, "-j", "-a", "-u", "-G1", folder], capture_output=True, check=True).stdout
    files = json.loads(told)
    for file in files:
        groups = {name.split(":")[0] for name in file} - _PLAIN_GROUPS
        if groups:
            raise BenchFailed(f"{file['SourceFile']} holds {groups}")
    return len(files)


def _wait_for_webp(phone: httpx.Client, url: str) -> None:
    """Until the worker has come to the last photo."""
    for _ in range(120):
        if phone.get(url, headers={"accept": "image/webp"}).headers["content-type"] == "image/webp":
            return
        time.sleep(0.5)
    raise BenchFailed("the worker did not make the WebP copies")


def _print_memory(here: Stage, web: int, headers: dict[str, str]) -> None:
    """The web process while phones send 12-megapixel photos: it must not grow."""
    photo = photo_inputs.camera_photo(4000, 3000)
    figures = [_resident_mb(web)]
    for _ in range(3):
        asyncio.run(_flood(here, headers, photo))
        figures.append(_resident_mb(web))
    told = ", ".join(f"{figure:.0f}" for figure in figures)
    print(f"web process, MB resident before and after 3 x {_ROUNDS} photos of {len(photo) / 1e6:.1f} MB: {told}")


async def _flood(here: Stage, headers: dict[str, str], photo: bytes) -> None:
    async with httpx.AsyncClient(base_url=here.base_url, headers=headers, timeout=120) as phones:
        turns = asyncio.Semaphore(_CLIENTS)

        async def send() -> None:
            async with turns:
                (await phones.post("/api/v1/photos", files={"file": ("p.jpg", photo)})).raise_for_status()

        await asyncio.gather(*(send() for _ in range(_ROUNDS)))


def _resident_mb(pid: int) -> float:
    fields = Path(f"/proc/{pid}/status").read_text("utf-8").splitlines()
    return next(int(line.split()[1]) / 1024 for line in fields if line.startswith("VmRSS"))


if __name__ == "__main__":
    main()
