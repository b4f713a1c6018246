"""The lasting session with the broker: MQTT 5 by paho, driven by this process's event loop.

Everything but making the connection runs in the loop, so an acknowledgement can never slip into a connection that
another thread has just made anew: there its number may be that of a message which nobody has taken yet.
"""

import asyncio
import contextlib
import random
import ssl
from collections.abc import Callable
from typing import Any

from paho.mqtt import client as mqtt
from paho.mqtt.enums import CallbackAPIVersion, MQTTErrorCode
from paho.mqtt.packettypes import PacketTypes
from paho.mqtt.properties import Properties
from paho.mqtt.subscribeoptions import SubscribeOptions

from backend import logs
from backend.intake.sensors.mqtt.messages import BrokerMessage
from backend.intake.sensors.mqtt.settings import BrokerSettings

log = logs.get_logger()

KEEPALIVE_S = 30
RECEIVE_MAXIMUM = 1_000
MESSAGE_MAX_BYTES = 65_536
"""The broker sends no larger one; `message_size_limit` lets it tell so whoever publishes one."""
_CONNECT_S = 5.0
_ANSWER_S = 15.0
_MISC_EVERY_S = 1.0
_PAUSE_S, _LONGEST_PAUSE_S = 0.5, 30.0
_DROPPED = "$SYS/broker/publish/messages/dropped"
"""How many messages mosquitto has thrown away: full queues make no other noise."""
_IF_NEW = 1
"""What is retained is sent with a new subscription: after a session was lost it says how things stand."""


class BrokerRefused(Exception):
    """The broker answered, and wants none of us: its reason."""


class BrokerSession:
    """`number` tells connections apart, 0 before the first. `was_lost`: how often the broker had forgotten us.
    `failures`: how often it could not be reached or refused us, since it was last reached."""

    def __init__(
        self, settings: BrokerSettings, on_message: Callable[[BrokerMessage], None], chance: random.Random
    ) -> None:
        self._settings, self._on_message, self._chance = settings, on_message, chance
        self.number, self.was_lost, self.dropped, self.failures = 0, 0, 0, 0
        self.is_connected = False
        self._client = self._make_client()
        self._socket: Any = None
        self._is_paused = False
        self._connected: asyncio.Future[None] | None = None
        self._ended = asyncio.Event()

    async def run(self, stop: asyncio.Event) -> None:
        """Be connected until `stop` is set; come back after a pause that grows while the broker is away."""
        pause_s = _PAUSE_S
        while not stop.is_set():
            try:
                await self._connect()
            except (OSError, ValueError, BrokerRefused) as error:
                log.warning(
                    "broker_away", host=self._settings.host, error=type(error).__name__, message=str(error)[:200]
                )
                self.failures += 1
                self._close()
                await _wait(stop, pause_s * self._chance.uniform(0.8, 1.2))
                pause_s = min(2 * pause_s, _LONGEST_PAUSE_S)
                continue
            pause_s, self.failures = _PAUSE_S, 0
            await self._until_ended(stop)
        self._client.disconnect()
        self._client.loop_write()
        self._close()

    def acknowledge(self, message: BrokerMessage) -> None:
        """Tell the broker that it may forget the message; nothing where the connection that it came over has ended."""
        if message.qos and message.session == self.number and self.is_connected:
            self._client.ack(message.number, message.qos)

    def pause(self) -> None:
        """Read nothing more for now: what the broker has then waits in its network buffers, and with it."""
        if not self._is_paused and self._socket is not None:
            self._is_paused = True
            asyncio.get_running_loop().remove_reader(self._socket)

    def resume(self) -> None:
        if self._is_paused:
            self._is_paused = False
            if self._socket is not None:
                asyncio.get_running_loop().add_reader(self._socket, self._read)

    def _make_client(self) -> mqtt.Client:
        settings = self._settings
        client = mqtt.Client(
            CallbackAPIVersion.VERSION2,
            client_id=settings.client_id,
            protocol=mqtt.MQTTv5,
            manual_ack=True,
            reconnect_on_failure=False,
        )
        client.connect_timeout = _CONNECT_S
        if settings.user:
            client.username_pw_set(settings.user, settings.password or None)
        if settings.is_tls:
            client.tls_set_context(_tls(settings))
        client.on_connect, client.on_disconnect = self._on_connect, self._on_disconnect
        client.on_subscribe, client.on_message = self._on_subscribe, self._receive
        client.on_socket_register_write = self._on_wants_to_write
        client.on_socket_unregister_write = self._on_wrote
        client.on_socket_close = self._on_socket_close
        return client

    async def _connect(self) -> None:
        settings, properties = self._settings, Properties(PacketTypes.CONNECT)
        properties.SessionExpiryInterval = settings.session_expiry_s
        properties.ReceiveMaximum = RECEIVE_MAXIMUM
        properties.MaximumPacketSize = MESSAGE_MAX_BYTES
        self._ended.clear()
        self._connected = asyncio.get_running_loop().create_future()
        await asyncio.to_thread(
            self._client.connect,
            settings.host,
            settings.port,
            KEEPALIVE_S,
            clean_start=False,
            properties=properties,
        )
        self._attach()
        async with asyncio.timeout(_ANSWER_S):
            await self._connected
        log.info("broker_connected", host=settings.host, lost_sessions=self.was_lost)

    def _attach(self) -> None:
        """From here on the loop reads and writes."""
        self._socket, self._is_paused = self._client.socket(), False
        if self._socket is None:
            raise BrokerRefused("hung up")
        loop = asyncio.get_running_loop()
        loop.add_reader(self._socket, self._read)
        if self._client.want_write():
            loop.add_writer(self._socket, self._client.loop_write)

    def _read(self) -> None:
        """One packet; of TLS all that has been opened already, for the socket under it does not show again."""
        self._client.loop_read()
        while self._socket is not None and not self._is_paused and _pending(self._socket):
            self._client.loop_read()

    async def _until_ended(self, stop: asyncio.Event) -> None:
        while not stop.is_set() and not self._ended.is_set():
            if not self._is_paused and self._client.loop_misc() != MQTTErrorCode.MQTT_ERR_SUCCESS:
                break
            ended, stopping = asyncio.ensure_future(self._ended.wait()), asyncio.ensure_future(stop.wait())
            await asyncio.wait({ended, stopping}, timeout=_MISC_EVERY_S, return_when=asyncio.FIRST_COMPLETED)
            ended.cancel()
            stopping.cancel()
        if not stop.is_set():
            log.warning("broker_lost", host=self._settings.host)
            self._close()

    def _close(self) -> None:
        self.is_connected = False
        if self._connected is not None and not self._connected.done():
            self._connected.cancel()
        if (sock := self._client.socket()) is not None:
            self._on_socket_close(self._client, None, sock)
            with contextlib.suppress(OSError):
                sock.close()
        self._ended.set()

    def _on_connect(self, _client: Any, _userdata: Any, flags: Any, reason: Any, _properties: Any) -> None:
        if reason.is_failure:
            self._fail(BrokerRefused(str(reason)))
            return
        if not flags.session_present:
            self._note_new_session()
        self.number, self.is_connected = self.number + 1, True
        options = SubscribeOptions(qos=1, retainHandling=_IF_NEW)
        self._client.subscribe([(topic, options) for topic in self._settings.topics])
        self._client.subscribe(_DROPPED, options=SubscribeOptions(qos=0))

    def _note_new_session(self) -> None:
        """Not for the first time of a process, which may be the first of all."""
        if self.number:
            self.was_lost += 1
            log.error("broker_session_lost", host=self._settings.host)

    def _on_subscribe(self, _client: Any, _userdata: Any, _number: int, reasons: Any, _properties: Any) -> None:
        """The broker answers in turn: the first answer is that to our topics."""
        if self._connected is None or self._connected.done():
            return
        refused = [str(reason) for reason in reasons if reason.is_failure]
        if refused:
            self._fail(BrokerRefused(f"subscription: {refused[0]}"))
        else:
            self._connected.set_result(None)

    def _on_disconnect(self, _client: Any, _userdata: Any, _flags: Any, reason: Any, _properties: Any) -> None:
        self.is_connected = False
        self._fail(BrokerRefused(str(reason)))
        self._ended.set()

    def _fail(self, error: BrokerRefused) -> None:
        if self._connected is not None and not self._connected.done():
            self._connected.set_exception(error)

    def _receive(self, _client: Any, _userdata: Any, message: mqtt.MQTTMessage) -> None:
        """Must not raise: paho would go on with half a packet."""
        topic = message._topic.decode("utf-8", "replace")
        if topic == _DROPPED:
            self._note_dropped(bytes(message.payload))
            return
        self._on_message(BrokerMessage(topic, bytes(message.payload), message.mid, message.qos, self.number))

    def _note_dropped(self, body: bytes) -> None:
        if not body.isdigit():
            return
        dropped, self.dropped = self.dropped, int(body)
        if 0 < dropped < self.dropped:
            log.error("broker_drops_messages", host=self._settings.host, more=self.dropped - dropped)

    def _on_wants_to_write(self, _client: Any, _userdata: Any, sock: Any) -> None:
        if sock is self._socket:
            asyncio.get_running_loop().add_writer(sock, self._client.loop_write)

    def _on_wrote(self, _client: Any, _userdata: Any, sock: Any) -> None:
        if sock is self._socket:
            asyncio.get_running_loop().remove_writer(sock)

    def _on_socket_close(self, _client: Any, _userdata: Any, sock: Any) -> None:
        if sock is not None and sock is self._socket:
            loop = asyncio.get_running_loop()
            loop.remove_reader(sock)
            loop.remove_writer(sock)
            self._socket = None


def _pending(sock: Any) -> int:
    return sock.pending() if isinstance(sock, ssl.SSLSocket) else 0


def _tls(settings: BrokerSettings) -> ssl.SSLContext:
    """The broker's certificate is always checked, and its name. Raises OSError for files that are none."""
    context = ssl.create_default_context(cafile=settings.ca or None)
    if settings.certificate:
        context.load_cert_chain(settings.certificate, settings.key or None)
    return context


async def _wait(stop: asyncio.Event, seconds: float) -> None:
    with contextlib.suppress(TimeoutError):
        await asyncio.wait_for(stop.wait(), seconds)
