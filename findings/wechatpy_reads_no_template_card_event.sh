#!/bin/sh
# wechatpy 1.8.18: a press on a WeCom card (template_card_event) is parsed as an unknown message without any attribute.
#
# Expected: parse_message returns an event that has what its XML has: event, EventKey, TaskId, ResponseCode, selected items.
# Seen: an UnknownMessage whose attributes are those of every message. What was pressed is only in its private _data, whose
#   shape follows how many there are: one SelectedItem is a dict, two are a list, none is None; the same with OpitonId.
#   A handler that asks for message.event raises AttributeError at the first press.
set -eu
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check wechatpy==1.8.18 cryptography==50.0.2
"$folder/venv/bin/python" - <<'PY'
from wechatpy.enterprise import parse_message

ITEM = "<SelectedItem><QuestionKey>reason</QuestionKey><OpitonIds>{}</OpitonIds></SelectedItem>"
EVENT = """<xml><ToUserName>ww1</ToUserName><FromUserName>zhangsan</FromUserName><CreateTime>1714036504</CreateTime>
<MsgType>event</MsgType><Event>template_card_event</Event><EventKey>accept</EventKey><TaskId>order-1-2</TaskId>
<CardType>button_interaction</CardType><ResponseCode>CODE</ResponseCode><AgentID>1000002</AgentID>
<SelectedItems>{}</SelectedItems></xml>"""


def selected(*items: str):
    return parse_message(EVENT.format("".join(items)))


one = selected(ITEM.format("<OpitonId>a</OpitonId>"))
print(type(one).__name__, sorted(one._fields))
assert type(one).__name__ == "UnknownMessage", "changed: the event is known"
for name in ("event", "event_key", "key", "task_id", "response_code"):
    assert not hasattr(one, name), f"changed: {name} is there"

shapes = [
    type((selected(*items)._data["SelectedItems"] or {}).get("SelectedItem")).__name__
    for items in ((), (ITEM.format(""),), (ITEM.format(""), ITEM.format("")))
]
options = [
    type(selected(ITEM.format("<OpitonId>a</OpitonId>" * count))._data["SelectedItems"]["SelectedItem"]["OpitonIds"]["OpitonId"]).__name__
    for count in (1, 2)
]
print("none, one, two items:", shapes, " one, two options:", options)
assert shapes == ["NoneType", "dict", "list"] and options == ["str", "list"], "changed: one shape for all"
PY
