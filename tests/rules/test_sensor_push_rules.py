"""Who may push for a platform: by its signature or its token, and sealed as its page says; settings that are none."""

import json
from urllib.parse import parse_qsl, urlsplit

import pytest

from backend.intake.sensors.mqtt import settings as broker_settings
from backend.intake.sensors.payloads.errors import PayloadUnreadable
from backend.intake.sensors.pushes import onenet, setup
from backend.intake.sensors.pushes.errors import PushForged
from backend.intake.sensors.pushes.tokens import Wire, is_token, token_of
from tests.fakes.onenet import FakeOneNet

TOKEN = token_of("whsec_c2VjcmV0", Wire.ONENET)
KEY = "2345678901abcdef"


class Captured:
    """What the platform sends, instead of a web that answers it."""

    def __init__(self) -> None:
        self.address, self.body = "", b""

    async def send(self, _method: str, address: str, body: bytes | None) -> tuple[int, str]:
        self.address, self.body = address, body or b""
        return 200, ""


async def sent(message: dict[str, object], token: str = TOKEN, aes_key: str = "") -> bytes:
    captured = Captured()
    await FakeOneNet("https://x/onenet", token, captured.send, aes_key).push(message)
    return captured.body


async def test_a_push_is_opened_with_its_token_in_plain_and_in_secure_mode():
    message: dict[str, object] = {"messageType": "notify", "deviceName": "烟感-1"}

    plain = onenet.open_push(await sent(message), ["another", TOKEN], "")
    secure = onenet.open_push(await sent(message, aes_key=KEY), [TOKEN], KEY)

    assert json.loads(plain) == json.loads(secure) == message


async def test_a_forged_push_and_one_of_another_key_are_refused():
    with pytest.raises(PushForged):
        onenet.open_push(await sent({"a": 1}, token="x" * 32), [TOKEN], "")
    body = json.loads(await sent({"a": 1}))
    with pytest.raises(PushForged):
        onenet.open_push(json.dumps(body | {"msg": '{"a": 2}'}).encode(), [TOKEN], "")
    with pytest.raises(PushForged):
        onenet.open_push(json.dumps({"msg": "{}", "nonce": ""}).encode(), [TOKEN], "")
    with pytest.raises(PayloadUnreadable):
        onenet.open_push(await sent({"a": 1}, aes_key=KEY), [TOKEN], "0" * 16)
    with pytest.raises(PayloadUnreadable):
        onenet.open_push(b"no json", [TOKEN], "")


async def test_the_earlier_suite_signs_an_object_by_its_letters():
    message = '{"type": 1, "dev_id":2016617,  "value": 42}'
    signature = onenet.signature_of(TOKEN, "abcdefgh", message).decode()
    body = f'{{"msg": {message}, "msg_signature": "{signature}", "nonce": "abcdefgh"}}'

    assert onenet.open_push(body.encode(), [TOKEN], "") == message


async def test_an_address_is_ours_for_whoever_knows_the_token():
    captured = Captured()
    await FakeOneNet("https://x/onenet", TOKEN, captured.send).validate()
    query = dict(parse_qsl(urlsplit(captured.address).query))

    assert onenet.check_address(query, [TOKEN]) == query["msg"]
    assert onenet.check_address({**query, "signature": query["signature"].replace("+", " ")}, [TOKEN]) == query["msg"]
    with pytest.raises(PushForged):
        onenet.check_address(query, ["another"])


def test_tokens_differ_by_wire_and_secret_and_fit_into_consoles():
    tokens = {token_of(secret, wire) for secret in ("a", "b") for wire in Wire}

    assert len(tokens) == 4
    assert all(len(token) == 32 and token.isalnum() for token in tokens)
    assert is_token(TOKEN, ["x", TOKEN]) and not is_token("", [TOKEN])


@pytest.mark.parametrize(
    ("environment", "words"),
    [
        ({"YIMA_MQTT_URL": "http://x"}, "YIMA_MQTT_URL"),
        ({"YIMA_MQTT_URL": "mqtt://user:secret@x"}, "YIMA_MQTT_URL"),
        ({"YIMA_MQTT_URL": "mqtt://x"}, "YIMA_MQTT_SOURCE"),
        ({"YIMA_MQTT_URL": "mqtt://x", "YIMA_MQTT_SOURCE": "s", "YIMA_MQTT_SESSION_DAYS": "0"}, "SESSION_DAYS"),
    ],
    ids=str,
)
def test_settings_of_a_broker_that_are_none_are_named(environment, words):
    with pytest.raises(ValueError, match=words) as refused:
        broker_settings.read(environment)
    assert "secret" not in str(refused.value)


def test_settings_of_a_broker():
    given = {
        "YIMA_MQTT_URL": "mqtts://broker.example.gov.cn",
        "YIMA_MQTT_SOURCE": "fire",
        "YIMA_MQTT_TOPICS": "a/# b/+",
    }

    read = broker_settings.read(given)

    assert broker_settings.read({}) is None
    assert read is not None
    assert (read.host, read.port, read.is_tls) == ("broker.example.gov.cn", 8883, True)
    assert (read.topics, read.client_id, read.session_expiry_s) == (("a/#", "b/+"), "yima", 7 * 86_400)


def test_settings_of_pushes_that_are_none_are_named(tmp_path):
    keys = setup.read({"YIMA_ONENET_AES_KEYS": f"fire={KEY}, water={KEY}"}).aes_keys

    assert keys == {"fire": KEY, "water": KEY}
    with pytest.raises(ValueError, match="AES_KEYS"):
        setup.read({"YIMA_ONENET_AES_KEYS": "fire=short"})
    with pytest.raises(ValueError, match="SENSOR_FIELDS"):
        setup.read({"YIMA_SENSOR_FIELDS": str(tmp_path / "none.csv")})
