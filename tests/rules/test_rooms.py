"""What the settings say about photos, as the room takes it."""

from datetime import timedelta

from backend import config, runtimes

NEEDED = {"DATABASE_URL": "-", "YIMA_MODE": "demo"}


def test_the_disk_is_the_default():
    assert runtimes._s3(config.from_environment(NEEDED)) is None


def test_an_endpoint_names_a_store():
    store = {"ENDPOINT": "http://store:9000", "BUCKET": "b", "ACCESS_KEY": "a", "SECRET_KEY": "s"}
    named = config.from_environment(NEEDED | {f"YIMA_S3_{name}": value for name, value in store.items()})

    s3 = runtimes._s3(named)

    assert s3 is not None
    assert [s3.endpoint_url, s3.bucket, s3.access_key, s3.secret_key] == list(store.values())


def test_retention_is_counted_in_days():
    named = config.from_environment(NEEDED | {"YIMA_PHOTO_THIN_AFTER_DAYS": "30", "YIMA_PHOTO_UNUSED_FOR_DAYS": "2"})

    kept = runtimes.retention(named)

    assert (kept.thin_after, kept.unused_for) == (timedelta(days=30), timedelta(days=2))
