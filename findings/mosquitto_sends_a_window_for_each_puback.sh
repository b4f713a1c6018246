#!/bin/sh
# mosquitto 2.0.11 (Debian 12): Receive Maximum, and max_inflight_messages, bound what is sent at first and nothing after.
#
# Expected: with Receive Maximum 10 no more than ten messages of QoS 1 are unacknowledged at any instant (MQTT 5, 3.3.4);
#   a PUBACK for one lets one more come.
# Seen: each PUBACK lets a whole window come. After k acknowledgements (k + 1) x 10 messages have arrived, so 19, 28, 37 …
#   are outstanding; the same with max_inflight_messages 10 for a client that names no Receive Maximum. After a reconnect all
#   of them are sent again at once. A consumer that counts on the window for its memory, or acknowledges a batch of five
#   hundred after one commit, gets the whole backlog. What holds is the reader's own bound: stop reading the socket.
set -eu
folder=$(mktemp -d); trap 'kill "$broker" 2>/dev/null || true; rm -rf "$folder"' EXIT
command -v mosquitto >/dev/null || PATH=$PATH:/usr/sbin
printf 'listener 18831 127.0.0.1\nallow_anonymous true\nmax_queued_messages 0\n' >"$folder/mosquitto.conf"
mosquitto -c "$folder/mosquitto.conf" 2>/dev/null & broker=$!
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check paho-mqtt==2.2.0
"$folder/venv/bin/python" - <<'PY'
import time

from paho.mqtt import client as mqtt
from paho.mqtt.enums import CallbackAPIVersion
from paho.mqtt.packettypes import PacketTypes
from paho.mqtt.properties import Properties

WINDOW, MESSAGES = 10, 200
got = []
reader = mqtt.Client(CallbackAPIVersion.VERSION2, client_id="reader", protocol=mqtt.MQTTv5, manual_ack=True)
reader.on_message = lambda client, userdata, message: got.append(message)
session = Properties(PacketTypes.CONNECT)
session.ReceiveMaximum = WINDOW
reader.connect("127.0.0.1", 18831, properties=session)
reader.subscribe("a", qos=1)
reader.loop_start()
time.sleep(0.5)
writer = mqtt.Client(CallbackAPIVersion.VERSION2, client_id="writer", protocol=mqtt.MQTTv5)
writer.connect("127.0.0.1", 18831)
writer.loop_start()
for each in [writer.publish("a", str(number), qos=1) for number in range(MESSAGES)]:
    each.wait_for_publish(5)
time.sleep(0.5)
outstanding = [len(got)]
for acknowledged in (1, 2, 3):
    reader.ack(got[acknowledged - 1].mid, 1)
    time.sleep(0.5)
    outstanding.append(len(got) - acknowledged)
print(f"Receive Maximum {WINDOW}; outstanding at first and after each of three acknowledgements:", outstanding)
assert outstanding[0] == WINDOW
assert outstanding == [10, 19, 28, 37], "changed: the window is kept"
PY
