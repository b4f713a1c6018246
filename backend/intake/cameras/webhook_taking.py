"""Take a camera's signed webhook: into its event, or to a person where it or its picture cannot be read."""

from datetime import datetime

from backend.errors import AppError
from backend.intake.cameras import refusing, taking, webhook
from backend.intake.cameras.structs import DetectionReceipt
from backend.intake.records import decoding, receiving, webhooks
from backend.intake.records.decoding import MessageUnread
from backend.intake.records.structs import Receipt
from backend.intake.sources.structs import Source


async def take(source: Source, webhook_id: str, body: bytes, *, now: datetime) -> DetectionReceipt | Receipt:
    """What became of a signed message; of one that could not be read, the record that waits for a person.

    The id is written first and for itself, so that no transaction waits for a picture. Whoever died after that is sent
    the message again, and everything behind the id is once by its own number.
    Raises WebhookIdUsed for another message under that id, DetectionStale, and what is wrong with a picture.
    """
    await webhooks.remember(source, webhook_id, body, now)
    data = decoding.data_of(body)
    try:
        message = webhook.read(data)
    except MessageUnread as unread:
        return await receiving.keep_unreadable(source, webhook.without_pictures(data), unread.detail, now=now)
    try:
        return await taking.take(source, webhook.detection_of(message), now=now)
    except AppError as error:
        if error.status < 500:
            number = f"{message.camera_no}:{message.event_no}"
            await refusing.keep(source, number, webhook.without_pictures(data), error, now=now)
        raise
