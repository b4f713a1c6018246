"""Messages of devices become readings, whatever wire they come by; what is of no form is refused in words."""

import json
from base64 import b64encode
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.intake.sensors.payloads import ctwing, onenet
from backend.intake.sensors.payloads.ctwing import OpaqueData
from backend.intake.sensors.payloads.errors import PayloadUnreadable
from backend.intake.sensors.payloads.fields import Fields
from backend.intake.sensors.payloads.instants import instant_of
from backend.intake.sensors.payloads.topics import source_of, translate
from backend.intake.sensors.structs import READING_NO_MOST, ReadingKind, SensorReading

NOW = datetime(2026, 11, 28, 4, 0, tzinfo=UTC)
AT = "2026-11-28T11:59:30+08:00"
MEASURED = datetime(2026, 11, 28, 3, 59, 30, tzinfo=UTC)
FIELDS = Fields()
MS = int(MEASURED.timestamp() * 1000)


def read(topic: str, said: object) -> list[SensorReading]:
    return translate(topic, json.dumps(said).encode(), FIELDS).readings


def short(readings: list[SensorReading]) -> list[tuple[str, str, float | None]]:
    return [(each.kind.value, each.cause, each.value) for each in readings]


def test_our_own_form_says_source_device_and_kind_in_its_topic():
    body = json.dumps({"at": AT, "no": "4711", "cause": "smoke", "value": 1.5}).encode()

    source, [reading] = translate("yima/fire-sensors/865123/alarm", body, FIELDS)

    assert source == "fire-sensors"
    assert reading == SensorReading(
        device_no="865123",
        kind=ReadingKind.ALARM,
        cause="smoke",
        value=1.5,
        measured_at=MEASURED,
        reading_no="4711",
    )


def test_a_gateway_says_many_devices_at_once_in_their_order():
    said = [{"device": f"d{n}", "kind": "value", "at": MS, "value": n} for n in range(3)]

    readings = read("yima/lora/readings", said)

    assert [(each.device_no, each.value, each.measured_at) for each in readings] == [
        ("d0", 0.0, MEASURED),
        ("d1", 1.0, MEASURED),
        ("d2", 2.0, MEASURED),
    ]
    assert len({each.reading_no for each in readings}) == 3


def test_a_message_without_a_number_is_known_again_by_what_it_says():
    first, again = (read("yima/s-1/d/alarm", {"at": AT, "cause": "gas"}) for _ in range(2))
    later = read("yima/s-1/d/alarm", {"at": MS + 1000, "cause": "gas"})

    assert first == again
    assert first[0].reading_no != later[0].reading_no


@pytest.mark.parametrize(
    ("topic", "said"),
    [
        ("yima/s-1/d/alarm", {"cause": "smoke"}),
        ("yima/s-1/d/alarm", {"at": "2026-11-28T11:59:30"}),
        ("yima/s-1/d/alarm", {"at": AT, "value": "1"}),
        ("yima/s-1/d/alarm", {"at": -1}),
        ("yima/s-1/d/alarm", {"at": AT, "no": "a\u0000b"}),
        ("yima/s-1/d/alarm", []),
        ("yima/s-1/d/shout", {"at": AT}),
        ("yima/s-1/号/alarm", {"at": AT}),
        (f"yima/s-1/{'d' * 65}/alarm", {"at": AT}),
        ("yima/s-1/readings", [{"device": "d", "kind": "alarm", "at": MS}] * 201),
        ("yima/s-1", {"at": AT}),
        ("zigbee2mqtt/lamp", {"state": "on"}),
        ("application/1/device/0102030405060708/event/up", {"deviceInfo": {"devEui": "x"}}),
    ],
    ids=str,
)
def test_what_is_of_no_form_is_refused_in_words_that_repeat_nothing(topic, said):
    with pytest.raises(PayloadUnreadable) as refused:
        read(topic, said)

    assert "smoke" not in str(refused.value) and "号" not in str(refused.value)


@pytest.mark.parametrize("body", [b"{", b"\xff\xfe", b'{"at": 1e999}', b"[" * 100_000, b'"' + b"a" * 10])
def test_what_is_no_json_is_refused(body):
    with pytest.raises(PayloadUnreadable):
        translate("yima/s-1/d/alarm", body, FIELDS)


@given(st.binary(max_size=200), st.text(max_size=60))
def test_no_message_does_anything_but_be_read_or_refused(body, topic):
    for each in (topic, f"yima/{topic}", "yima/s/d/alarm", "application/1/device/0102030405060708/event/up"):
        try:
            readings = translate(each, body, FIELDS).readings
        except PayloadUnreadable:
            continue
        assert all(0 < len(reading.reading_no) <= READING_NO_MOST for reading in readings)


def test_taking_away_what_was_retained_says_nothing():
    assert translate("yima/s-1/d/alarm", b"", FIELDS) == ("s-1", [])
    assert source_of("application/1/device/x/event/up") == ""


@pytest.mark.parametrize("said", [MEASURED, MS, MS / 1000, AT])
def test_an_instant_is_said_with_its_offset_or_since_1970(said):
    at = json.loads(json.dumps(said, default=datetime.isoformat))

    assert read("yima/s-1/d/alive", {"at": at})[0].measured_at == instant_of(MS) == MEASURED


def test_lorawan_frames_are_read_by_what_the_codec_made_of_them():
    head = {"deviceInfo": {"devEui": "0102030405060A0B"}, "time": AT, "deduplicationId": "3ac7e3c4-4401-4b8d"}
    topic = "application/7/device/0102030405060a0b/event/"

    up = read(f"{topic}up", head | {"object": {"smokeAlarm": 1, "battery": 88, "waterLevel": 21.5, "x": 3}})
    cleared = read(f"{topic}up", head | {"object": {"smoke_alarm": "normal"}})
    without_codec = read(f"{topic}up", head)
    status = read(f"{topic}status", head | {"batteryLevel": 42.5, "margin": 7})
    powered = read(f"{topic}status", head | {"externalPowerSource": True})

    assert short(up) == [("alarm", "smoke", 1.0), ("battery", "", 88.0), ("value", "", 21.5)]
    assert {each.device_no for each in up} == {"0102030405060a0b"}
    assert len({each.reading_no for each in up}) == 3
    assert short(cleared) == [("recovery", "smoke", None)]
    assert short(without_codec) == short(powered) == [("alive", "", None)]
    assert short(status) == [("battery", "", 42.5)]
    assert read(f"{topic}ack", head) == []


def test_onenet_says_properties_and_events_of_a_model_by_imei():
    def message(kind: str, params: dict[str, object], imei: str = "861234567890123") -> str:
        named = {"projectId": "1", "productId": "2", "deviceName": "iot-1", "imei": imei}
        return json.dumps(named | {"messageType": "notify", "notifyType": kind, "data": {"id": "9", "params": params}})

    levels = message("property", {"water_level": {"value": 1.2, "time": MS}, "battery": {"value": 80, "time": MS + 1}})
    call = message("event", {"sos": {"value": {"sos": 1}, "time": MS}}, imei="")

    assert short(onenet.read(levels, FIELDS)) == [("value", "", 1.2), ("battery", "", 80.0)]
    assert [(each.device_no, each.cause) for each in onenet.read(call, FIELDS)] == [("iot-1", "call")]
    assert onenet.read(levels, FIELDS) == onenet.read(levels, FIELDS)
    online = {"messageType": "lifeCycle", "deviceName": "iot-1", "data": {"status": "online", "time": MS}}
    assert onenet.read(json.dumps(online), FIELDS) == []


def test_the_earlier_onenet_says_data_points_one_or_several():
    point = {"type": 1, "dev_id": 2016617, "ds_id": "3300_0_5700", "at": MS, "value": 42, "imei": "861234567890123"}
    smoke = point | {"ds_id": "smoke", "value": "1"}

    assert short(onenet.read(json.dumps(point), FIELDS)) == [("alive", "", None)]
    both = onenet.read(json.dumps([point, smoke, {"type": 2, "dev_id": 1, "status": 0, "at": MS}]), FIELDS)
    assert short(both) == [("alive", "", None), ("alarm", "smoke", 1.0)]
    assert len({each.reading_no for each in both}) == 2


def test_ctwing_says_reports_and_events_by_imei():
    head = {
        "timestamp": MS,
        "tenantId": "1",
        "productId": "2",
        "protocol": "lwm2m",
        "deviceId": "d01308047f864601a821e0",
    }
    report = head | {"messageType": "dataReport", "IMEI": "861234567890123", "payload": {"gas_sensor_state": 2}}
    warning = head | {"messageType": "eventReport", "IMEI": "undefined", "eventType": 2, "serviceId": 1002}
    opened = report | {"payload": {"APPdata": b64encode(b'{"door": 0}').decode()}}

    def said(body: dict[str, object]) -> list[SensorReading]:
        return ctwing.read(json.dumps(body).encode(), FIELDS)

    assert short(said(report)) == [("alarm", "gas", 2.0)]
    assert said(report)[0].device_no == "861234567890123"
    assert short(said(opened)) == [("recovery", "opened", 0.0)]
    odd = said(warning | {"eventContent": {"x": 1}})
    assert short(odd) == [("alarm", "event_1002", None), ("alive", "", None)]
    assert (odd[0].device_no, len({each.reading_no for each in odd})) == ("d01308047f864601a821e0", 2)
    assert short(said(warning | {"eventContent": {"battery_level": 9}})) == [("battery", "", 9.0)]
    assert said(head | {"messageType": "deviceOnlineOfflineReport", "eventType": 1}) == []
    with pytest.raises(OpaqueData) as opaque:
        said(report | {"payload": {"APPdata": b64encode(b"\x50\x55\x00").decode()}})
    assert opaque.value.device_no == "861234567890123"


def test_a_town_names_the_fields_of_its_makers(tmp_path: Path):
    own = tmp_path / "fields.csv"
    own.write_text("﻿field,kind,cause\nYgState,alarm,smoke\nsmoke,value,\n", "utf-8")
    fields = Fields(own)

    readings = fields.read("d", {"yg_state": 3, "Smoke": 0.2, "gas": 0, "unknown": 9}, NOW, "n")

    assert short(readings) == [("alarm", "smoke", 3.0), ("value", "", 0.2), ("recovery", "gas", 0.0)]
    own.write_text("field,kind,cause\nx,shout,y\n", "utf-8")
    with pytest.raises(ValueError, match="shout"):
        Fields(own)
    with pytest.raises(ValueError, match="columns"):
        Fields(tmp_path / "none.csv")


def test_a_number_beyond_all_numbers_is_none():
    [reading] = FIELDS.read("d-1", {"temperature": 10**400}, MEASURED, "n")

    assert reading.kind is ReadingKind.ALIVE
