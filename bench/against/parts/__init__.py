"""What is measured, by name. To add one (grab, booking, alarms): a module with `measure`, and a line in PARTS.

`measure(run, build)` measures one build in one round and gives figures; it is called for each build in turn, so it
starts and stops what it needs. Take a database from `run.databases`: `copy` to write to, `template` to read. The order
in PARTS is the order in which they run, and the names are those of ONLY=….
"""

from bench.against.parts import backlog, intake, lists, live, scan, start
from bench.against.run import Part

PARTS: dict[str, Part] = {
    "intake": intake.measure,
    "scan": scan.measure,
    "lists": lists.measure,
    "live": live.measure,
    "backlog": backlog.measure,
    "start": start.measure,
}
