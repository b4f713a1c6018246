"""Every command with its one line, known without loading what it does: a list of commands must not wait for them."""

FAMILIES: dict[str, dict[str, str]] = {
    "serving": {
        "prepare": "Bring database, dictionary and, in demo mode, the demo street to where `serve` can start.",
        "migrate": "Run the migrations that have not run yet.",
        "serve": "Serve pages and the API.",
        "work": "Run jobs and reactions.",
        "export-openapi": "Write the API contract to a file.",
    },
    "sensors": {"sensors": "Take readings of sensors from the broker, or say what their platforms are set up with."},
    "demo": {"demo": "The demonstration street: a made-up past, to see what figures look like."},
    "doctor": {"doctor": "Say what is wrong here and what to do: database, queue, storage, calendar, settings."},
    "codes": {"qr": "Mint, print and judge door codes."},
    "places": {"import": "Import from GeoJSON, CSV, Excel or KML.", "places": "Look after places."},
    "patrols": {"patrols": "Walks of residents' committees."},
    "open311": {"open311": "Endpoints of other systems, by Open311 GeoReport v2."},
    "shops": {"shops": "The register of shops."},
    "devices": {"devices": "The register of sensors."},
    "registers": {"lifts": "The register of lifts.", "elders": "The register of lone elders."},
    "checklists": {"checklists": "What departments check in shops."},
    "photos": {"photos": "Keep what must be kept, drop what may not."},
    "positions": {"fixes": "Forget where handlers were."},
    "clocks": {
        "calendar": "Holidays and swapped workdays.",
        "weather": "Red and orange weather, which halves limits.",
        "clock": "Limits, windows of offers, and why a deadline is what it is.",
        "ladder": "The escalation ladder.",
    },
    "duty": {"duty": "Who answers for what, where and when."},
    "emergencies": {"emergencies": "Plans and command groups for emergencies."},
    "archive": {"archive": "Old months: into files, and back."},
    "items": {"items": "From words to an item: train a model, ask it, forget."},
    "indicators": {"indicators": "Figures: count them anew, list what ships, ask for some."},
    "hotline": {"hotline": "Platforms of 12345 and 110: where they are told, and what waits."},
    "jobs": {"jobs": "The queue: messages, copies of photos, recounts."},
    "volunteers": {"volunteers": "Volunteers: hours, points, and what items ask of whoever grabs."},
    "sources": {"sources": "Systems that tell us something: keys, limits, class tables."},
    "staff": {"staff": "Who works with the system: join, roles, passwords, leave."},
}
"""Module below `backend.commands` → its commands with their lines, which are those of the modules themselves."""


def module_of(command: str) -> str | None:
    """The module that registers a command."""
    return next((module for module, lines in FAMILIES.items() if command in lines), None)
