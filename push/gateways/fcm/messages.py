"""A delivery as FCM takes it, for Android, iOS and browsers at once: each reads its own part.

A repeat has the same keys as the first try and takes its place: at Google's and Apple's (`collapse_key`,
`apns-collapse-id`) while the phone is off, and on the screen (`tag`, `apns-collapse-id`) once it was shown.
"""

from datetime import datetime

from firebase_admin import messaging

from push.gateways import Outgoing
from push.gateways.answers import clipped

_TITLE_CHARS, _BODY_CHARS = 80, 400
"""With three bytes each, well below the 4 KB of a message."""
_CHANNELS = {True: "urgent_orders", False: "orders"}
"""The notification channels of our app on Android, by urgency."""


def message_of(each: Outgoing, now: datetime) -> messaging.Message:
    """The message. What has expired by now is shown at once or never."""
    valid_for_s = max(0, int((each.expires_at - now).total_seconds()))
    key = f"d{each.delivery_id}"
    message = messaging.Message(
        notification=messaging.Notification(clipped(each.title, _TITLE_CHARS), clipped(each.body, _BODY_CHARS)),
        data=data_of(each),
        android=_android(each, key, valid_for_s),
        apns=_apns(each, key, valid_for_s),
        webpush=_webpush(each, key, valid_for_s) if each.platform == "web" else None,
        fid=each.address if each.address_kind == "fid" else None,
    )
    if message.fid is None:
        message.token = each.address  # the constructor warns of tokens, which are still what apps in the field have
    return message


def data_of(each: Outgoing) -> dict[str, str]:
    """What the app needs to open the right page. Strings alone: FCM takes nothing else."""
    return {
        "delivery_id": str(each.delivery_id),
        "message_id": str(each.message_id),
        "kind": each.kind,
        "url": each.url,
        "count": str(each.count),
        **({"order_id": str(each.order_id)} if each.order_id is not None else {}),
    }


def _android(each: Outgoing, key: str, valid_for_s: int) -> messaging.AndroidConfig:
    return messaging.AndroidConfig(
        priority="high" if each.is_urgent else "normal",
        ttl=valid_for_s,
        collapse_key=key,
        notification=messaging.AndroidNotification(
            tag=key, channel_id=_CHANNELS[each.is_urgent], sound="default" if each.is_urgent else None
        ),
    )


def _apns(each: Outgoing, key: str, valid_for_s: int) -> messaging.APNSConfig:
    headers = {
        "apns-push-type": "alert",
        "apns-priority": "10" if each.is_urgent else "5",
        "apns-expiration": str(int(each.expires_at.timestamp())) if valid_for_s else "0",
        "apns-collapse-id": key,
    }
    thread = "inbox" if each.order_id is None else f"order-{each.order_id}"
    aps = messaging.Aps(sound="default", thread_id=thread)
    return messaging.APNSConfig(headers=headers, payload=messaging.APNSPayload(aps=aps))


def _webpush(each: Outgoing, key: str, valid_for_s: int) -> messaging.WebpushConfig:
    headers = {"TTL": str(valid_for_s), "Urgency": "high" if each.is_urgent else "normal", "Topic": key}
    link = messaging.WebpushFCMOptions(link=each.url) if each.url.startswith("https://") else None
    return messaging.WebpushConfig(
        headers=headers, notification=messaging.WebpushNotification(tag=key), fcm_options=link
    )
