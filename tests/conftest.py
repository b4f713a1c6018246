"""Load the fixtures, nothing more. The database of this worker is named before any room is imported."""

import os

from tests.fixtures.names import test_database_url

os.environ["DATABASE_URL"] = test_database_url()
os.environ["YIMA_MODE"] = "demo"

pytest_plugins = [
    "tests.fixtures.database",
    "tests.fixtures.chance",
    "tests.fixtures.clock",
    "tests.fixtures.photo_room",
    "tests.fixtures.client",
    "tests.fixtures.garbage",
    "tests.fixtures.intake",
    "tests.fixtures.longest_first",
    "tests.fixtures.server",
]
