"""Messages, the ways by which they reach a phone, and where a person's phones are."""

from piccolo.columns import (
    JSONB,
    UUID,
    BigInt,
    BigSerial,
    Boolean,
    Bytea,
    ForeignKey,
    Integer,
    LazyTableReference,
    SmallInt,
    Text,
    Time,
    Timestamptz,
    Varchar,
)
from piccolo.columns.base import OnDelete, OnUpdate
from piccolo.columns.defaults.timestamptz import TimestamptzNow
from piccolo.table import Table

TOKEN_CHARS = 400
VENDOR_ID_CHARS = 128


class Message(Table, tablename="message"):
    """One thing said to one person: a fact is said to a person once, however often its job runs."""

    id = BigSerial(primary_key=True)
    account_id = ForeignKey(
        LazyTableReference("Account", app_name="accounts"),
        null=False,
        default=None,
        on_delete=OnDelete.cascade,
        on_update=OnUpdate.cascade,
    )
    event_id = BigInt(null=False, default=None)
    kind = Varchar(length=32, null=False)
    order_id = BigInt(null=True)
    path = Text(null=False, default="")
    title_zh = Text(null=False)
    title_en = Text(null=False)
    body_zh = Text(null=False, default="")
    body_en = Text(null=False, default="")
    created_at = Timestamptz(null=False, default=TimestamptzNow())
    read_at = Timestamptz(null=True, default=None)
    superseded_at = Timestamptz(null=True, default=None)
    recipient = Varchar(length=12, null=False, default="")
    priority = Varchar(length=2, null=False, default="")
    details = JSONB(null=False, default="{}")


class Device(Table, tablename="device"):
    """A phone with our app on it, as a vendor knows it, under the session that is signed in there."""

    id = BigSerial(primary_key=True)
    account_id = ForeignKey(
        LazyTableReference("Account", app_name="accounts"), null=False, default=None, on_delete=OnDelete.cascade
    )
    session_id = ForeignKey(
        LazyTableReference("Session", app_name="accounts"), null=False, default=None, on_delete=OnDelete.cascade
    )
    channel = Varchar(length=8, null=False)
    token = Varchar(length=TOKEN_CHARS, null=False)
    token_kind = Varchar(length=5, null=False, default="token")
    platform = Varchar(length=8, null=False)
    language = Varchar(length=2, null=False, default="zh")
    registered_at = Timestamptz(null=False, default=None)
    refreshed_at = Timestamptz(null=False, default=None)


class GatewayState(Table, tablename="gateway"):
    """A channel that this instance has, and whether its vendor lets us in."""

    channel = Varchar(length=8, primary_key=True)
    is_on = Boolean(null=False, default=False)
    paused_until = Timestamptz(null=True, default=None)
    paused_for = Text(null=False, default="")


class Route(Table, tablename="message_route"):
    """In which order the channels are tried for whom. Within a stage the first that is reachable is taken."""

    id = BigSerial(primary_key=True)
    recipient = Varchar(length=12, null=False)
    priority = Varchar(length=2, null=False)
    stage = SmallInt(null=False, default=0)
    position = SmallInt(null=False, default=0)
    channel = Varchar(length=8, null=False)
    after_s = Integer(null=False, default=0)
    after_percent = SmallInt(null=False, default=0)


class MessageDelivery(Table, tablename="message_delivery"):
    """A message on its way over one channel to one phone. `next_at` 'infinity': only where another way fails."""

    id = BigSerial(primary_key=True)
    message_id = ForeignKey(Message, null=False, default=None, on_delete=OnDelete.cascade)
    account_id = ForeignKey(
        LazyTableReference("Account", app_name="accounts"), null=False, default=None, on_delete=OnDelete.cascade
    )
    channel = Varchar(length=8, null=False)
    device_id = ForeignKey(Device, null=True, default=None, on_delete=OnDelete.set_null)
    stage = SmallInt(null=False, default=0)
    position = SmallInt(null=False, default=0)
    bundle = Varchar(length=32, null=False)
    is_urgent = Boolean(null=False, default=False)
    state = Varchar(length=9, null=False, default="queued")
    next_at = Timestamptz(null=True, default=None)
    claimed_until = Timestamptz(null=True, default=None)
    attempts = SmallInt(null=False, default=0)
    carried_by_id = ForeignKey("self", null=True, default=None, on_delete=OnDelete.set_null)
    vendor_id = Varchar(length=VENDOR_ID_CHARS, null=False, default="")
    outcome = Varchar(length=12, null=False, default="")
    code = Varchar(length=60, null=False, default="")
    detail = Text(null=False, default="")
    created_at = Timestamptz(null=False, default=TimestamptzNow())
    sent_at = Timestamptz(null=True, default=None)
    ended_at = Timestamptz(null=True, default=None)
    resent_at = Timestamptz(null=True, default=None)
    resent_by_id = ForeignKey(
        LazyTableReference("Account", app_name="accounts"), null=True, default=None, on_delete=OnDelete.set_null
    )


class NotificationSettings(Table, tablename="notification_settings"):
    """When a person wants to be left alone, in Shanghai time, whether what can wait comes together once a day, and in
    which language, where that is not the phone's."""

    id = BigSerial(primary_key=True)
    account_id = ForeignKey(
        LazyTableReference("Account", app_name="accounts"),
        null=False,
        default=None,
        unique=True,
        on_delete=OnDelete.cascade,
    )
    quiet_from = Time(null=True, default=None)
    quiet_until = Time(null=True, default=None)
    digest_at = Time(null=True, default=None)
    language = Varchar(length=2, null=False, default="zh")
    changed_at = Timestamptz(null=False, default=None)


class MutedKind(Table, tablename="muted_kind"):
    """A kind of message that a person wants in the inbox alone."""

    id = BigSerial(primary_key=True)
    account_id = ForeignKey(
        LazyTableReference("Account", app_name="accounts"), null=False, default=None, on_delete=OnDelete.cascade
    )
    kind = Varchar(length=32, null=False)


class VendorTokenRow(Table, tablename="vendor_token"):
    """What a vendor lends us to be let in, sealed, for all processes."""

    name = Varchar(length=80, primary_key=True)
    sealed = Bytea(null=False, default=None)
    renew_at = Timestamptz(null=False, default=None)
    expires_at = Timestamptz(null=False, default=None)


class SubscribeCredit(Table, tablename="subscribe_credit"):
    """How many more messages by a WeChat template somebody has agreed to, as far as we have heard."""

    id = BigSerial(primary_key=True)
    account_id = ForeignKey(
        LazyTableReference("Account", app_name="accounts"), null=False, default=None, on_delete=OnDelete.cascade
    )
    template_id = Varchar(length=64, null=False)
    credit = Integer(null=False, default=0)
    changed_at = Timestamptz(null=False, default=None)


class ContentMark(Table, tablename="content_mark"):
    """Words of a report that WeChat's check did not pass, or did not see: for staff to know."""

    id = BigSerial(primary_key=True)
    order_id = BigInt(null=False, default=None)
    verdict = Varchar(length=9, null=False)
    label = Integer(null=False, default=0)
    trace_id = Varchar(length=64, null=False, default="")
    marked_at = Timestamptz(null=False, default=None)


class PictureCheck(Table, tablename="picture_check"):
    """A photo of a report that WeChat was asked about, and what it answered; without a trace it was not reached."""

    id = BigSerial(primary_key=True)
    order_id = BigInt(null=False, default=None)
    photo_id = UUID(null=False, default=None)
    trace_id = Varchar(length=64, null=True, default=None, unique=True)
    verdict = Varchar(length=9, null=True, default=None)
    label = Integer(null=False, default=0)
    asked_at = Timestamptz(null=False, default=None)
    answered_at = Timestamptz(null=True, default=None)


class VendorCallback(Table, tablename="vendor_callback"):
    """What a vendor told us by itself, once: by the digest of it a repeat is known. Emptied when it was dealt with."""

    id = BigSerial(primary_key=True)
    vendor = Varchar(length=8, null=False)
    digest = Bytea(null=False, default=None)
    kind = Varchar(length=40, null=False)
    body = JSONB(null=False, default="{}")
    received_at = Timestamptz(null=False, default=None)
    handled_at = Timestamptz(null=True, default=None)


class WecomCard(Table, tablename="wecom_card"):
    """A card with buttons that a member has, the code by which it is changed once, and what it is to say then."""

    id = BigSerial(primary_key=True)
    task_id = Varchar(length=128, null=False, unique=True)
    delivery_id = ForeignKey(MessageDelivery, null=False, default=None, on_delete=OnDelete.cascade)
    order_id = BigInt(null=False, default=None)
    event_id = BigInt(null=False, default=None)
    response_code = Text(null=False)
    code_at = Timestamptz(null=False, default=None)
    words = Text(null=False, default="")
    updated_at = Timestamptz(null=True, default=None)
