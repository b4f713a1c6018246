"""Any store that speaks S3: path style, SigV4, short timeouts, threads of its own so that a slow store stalls nobody.

Written against what a strict server enforces: the presigned PUT fixes type, length and MD5, so that exactly the
announced bytes can arrive. Keys are deleted one by one, because not every server takes the bulk request.
"""

import asyncio
import hashlib
from base64 import b64encode
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, timedelta
from pathlib import Path
from typing import Any, TypeVar

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from media.errors import PhotoNotFound, StoreFull, StoreUnavailable
from media.storage import S3Settings, Stored

T = TypeVar("T")
_PIECE_BYTES = 256 * 1024
_ABSENT = ("404", "NoSuchKey", "NotFound")
_FULL = ("507", "QuotaExceeded", "EntityTooLarge", "InsufficientStorage")


class S3Bucket:
    """One bucket, one client, one pool of threads."""

    def __init__(self, settings: S3Settings) -> None:
        self.name = settings.bucket
        self._threads = ThreadPoolExecutor(settings.threads, thread_name_prefix="s3")
        config = Config(
            signature_version="s3v4",
            s3={"addressing_style": "path"},
            connect_timeout=settings.connect_timeout_s,
            read_timeout=settings.read_timeout_s,
            retries={"mode": "standard", "max_attempts": 3},
            max_pool_connections=settings.threads,
            request_checksum_calculation="when_required",
            response_checksum_validation="when_required",
        )
        self.client: Any = boto3.client(
            "s3",
            endpoint_url=settings.endpoint_url,
            region_name=settings.region,
            aws_access_key_id=settings.access_key,
            aws_secret_access_key=settings.secret_key,
            config=config,
        )

    async def call(self, function: Callable[..., T], *args: Any) -> T:
        """Run in the bucket's threads. Raises PhotoNotFound, StoreFull, StoreUnavailable."""
        try:
            return await asyncio.get_running_loop().run_in_executor(self._threads, function, *args)
        except ClientError as error:
            code = str(error.response.get("Error", {}).get("Code", ""))
            if code in _ABSENT:
                raise PhotoNotFound() from error
            raise (StoreFull() if code in _FULL else StoreUnavailable()) from error
        except BotoCoreError as error:
            raise StoreUnavailable() from error

    def close(self) -> None:
        self._threads.shutdown(wait=False, cancel_futures=True)


class S3Storage:
    """The keys below one prefix of a bucket."""

    def __init__(self, bucket: S3Bucket, prefix: str) -> None:
        self._bucket, self._prefix = bucket, prefix

    async def put(self, key: str, source: Path, media_type: str) -> None:
        await self._bucket.call(self._put, key, source, media_type)

    async def find(self, key: str) -> Stored | None:
        try:
            head = await self._bucket.call(lambda: self._client.head_object(**self._at(key)))
        except PhotoNotFound:
            return None
        return Stored(key, head["ContentLength"], head["LastModified"].astimezone(UTC))

    async def read(self, key: str, start: int, length: int) -> AsyncIterator[bytes]:
        span = f"bytes={start}-{start + length - 1}"
        answer = await self._bucket.call(lambda: self._client.get_object(**self._at(key), Range=span))
        body = answer["Body"]
        try:
            while piece := await self._bucket.call(body.read, _PIECE_BYTES):
                yield piece
        finally:
            body.close()

    async def fetch(self, key: str, target: Path) -> None:
        await self._bucket.call(self._fetch, key, target)

    async def delete(self, key: str) -> None:
        try:
            await self._bucket.call(lambda: self._client.delete_object(**self._at(key)))
        except PhotoNotFound:
            return

    async def every(self) -> AsyncIterator[Stored]:
        more: dict[str, str] = {}
        while True:
            page = await self._bucket.call(self._list, more)
            for entry in page.get("Contents", ()):
                key = entry["Key"].removeprefix(self._prefix)
                yield Stored(key, entry["Size"], entry["LastModified"].astimezone(UTC))
            if not page.get("IsTruncated"):
                return
            more = {"ContinuationToken": page["NextContinuationToken"]}

    async def presign_put(
        self, key: str, media_type: str, size_bytes: int, md5: bytes, lifetime: timedelta
    ) -> tuple[str, dict[str, str]]:
        fixed = {"ContentType": media_type, "ContentLength": size_bytes, "ContentMD5": b64encode(md5).decode()}
        url = await self._bucket.call(
            lambda: self._client.generate_presigned_url(
                "put_object", Params=self._at(key) | fixed, ExpiresIn=int(lifetime.total_seconds())
            )
        )
        headers = {
            "Content-Type": media_type,
            "Content-Length": str(size_bytes),
            "Content-MD5": fixed["ContentMD5"],
        }
        return url, headers

    @property
    def _client(self) -> Any:
        return self._bucket.client

    def _at(self, key: str) -> dict[str, Any]:
        return {"Bucket": self._bucket.name, "Key": self._prefix + key}

    def _put(self, key: str, source: Path, media_type: str) -> None:
        with source.open("rb") as file:
            md5 = b64encode(hashlib.file_digest(file, lambda: hashlib.md5(usedforsecurity=False)).digest()).decode()
            file.seek(0)
            self._client.put_object(**self._at(key), Body=file, ContentType=media_type, ContentMD5=md5)

    def _fetch(self, key: str, target: Path) -> None:
        body = self._client.get_object(**self._at(key))["Body"]
        with body, target.open("wb") as file:
            for piece in body.iter_chunks(_PIECE_BYTES):
                file.write(piece)

    def _list(self, more: dict[str, str]) -> dict[str, Any]:
        return self._client.list_objects_v2(Bucket=self._bucket.name, Prefix=self._prefix, **more)
