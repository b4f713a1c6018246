"""What production refuses to start with, and that it says what to do."""

import pytest

from backend import config
from backend.config import SettingMissing

GOOD = {
    "DATABASE_URL": "-",
    "YIMA_SECRET": "qL7vN2xR9tB4mK6wD8sF3hJ5gC1zY0aE",
    "YIMA_BASE_URL": "https://yima.example.gov.cn",
}


def test_production_starts_with_a_secret_by_chance_and_an_https_address():
    assert config.from_environment(GOOD).is_https


@pytest.mark.parametrize("secret", ["", "x", "x" * 64, "abcabcabc" * 8, config._DEMO_SECRET])
def test_production_refuses_a_secret_that_could_be_guessed(secret):
    with pytest.raises(SettingMissing, match="openssl rand"):
        config.from_environment(GOOD | {"YIMA_SECRET": secret})


@pytest.mark.parametrize(
    "url", ["http://yima.example.gov.cn", "http://10.0.0.5:8000", "yima.example.gov.cn", "ftp://127.0.0.1", ""]
)
def test_production_refuses_an_address_that_travels_in_the_open(url):
    with pytest.raises(SettingMissing, match="YIMA_BASE_URL is an https:// address"):
        config.from_environment(GOOD | {"YIMA_BASE_URL": url})


@pytest.mark.parametrize("url", ["http://127.0.0.1:8000", "http://localhost:8000", "http://[::1]:8000"])
def test_a_rehearsal_on_one_machine_may_do_without_https(url):
    assert not config.from_environment(GOOD | {"YIMA_BASE_URL": url}).is_https


def test_a_demo_needs_neither():
    assert config.from_environment({"DATABASE_URL": "-", "YIMA_MODE": "demo"}).is_demo


@pytest.mark.parametrize("given", ["0", "0.51", "1", "5%", "-0.1", "nan", "1e-3", ""])
def test_an_accepted_error_that_nobody_can_mean_stops_the_start(given):
    with pytest.raises(SettingMissing, match="YIMA_ACCEPTED_ERROR"):
        config.from_environment({"DATABASE_URL": "-", "YIMA_MODE": "demo", "YIMA_ACCEPTED_ERROR": given})


def test_an_accepted_error_is_a_share():
    settings = config.from_environment({"DATABASE_URL": "-", "YIMA_MODE": "demo", "YIMA_ACCEPTED_ERROR": "0.08"})

    assert settings.accepted_error == 0.08
