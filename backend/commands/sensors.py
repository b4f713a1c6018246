"""`yima sensors`: the process that reads from the broker; with `--wires-of NAME`, what platforms are set up with."""

import argparse

import uvloop

from backend import clock, logs, runtimes
from backend.commands.answers import Commands
from backend.commands.terminal import CommandFailed, run, say
from backend.config import Settings

_NO_BROKER = (
    "没有配置消息代理：请设置 YIMA_MQTT_URL 和 YIMA_MQTT_SOURCE。\n"
    "no broker is named: set YIMA_MQTT_URL and YIMA_MQTT_SOURCE, see docs/intake/wires.md"
)


def register(commands: Commands) -> None:
    text = "Take readings of sensors from the broker, or say what their platforms are set up with."
    command = commands.add_parser("sensors", help=text, description=text)
    command.add_argument("--wires-of", metavar="NAME", help="a source: its topic, addresses and tokens; nothing else")
    command.set_defaults(run=take)


def take(arguments: argparse.Namespace, settings: Settings) -> None:
    """Read until the process is asked to stop."""
    if arguments.wires_of:
        run(lambda: _say_wires(settings, arguments.wires_of))
        return
    broker = runtimes.broker(settings)
    if broker is None:
        raise CommandFailed(_NO_BROKER)
    from backend import broker_listener

    logs.configure()
    uvloop.run(broker_listener.listen(settings, broker))


async def _say_wires(settings: Settings, name: str) -> None:
    from backend.intake.sensors.pushes import senders
    from backend.intake.sensors.pushes.tokens import Wire

    async with runtimes.intake(settings):
        onenet = await senders.find_sender(name, Wire.ONENET, clock.now())
        ctwing = await senders.find_sender(name, Wire.CTWING, clock.now())
    address = f"{settings.base_url}/api/v1/intake/{name}"
    say(f"MQTT     yima/{name}/DEVICE/KIND, yima/{name}/readings\n")
    say(f"OneNET   {address}/onenet    Token {onenet.tokens[0]}\n")
    say(f"CTWing   {address}/ctwing/{ctwing.tokens[0]}\n")
