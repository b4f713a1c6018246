"""What `yima import` is told on the command line."""

import argparse
from pathlib import Path

import pytest

from backend.geo.datum import Datum
from backend.places.importing.options import add_arguments, from_arguments
from backend.places.importing.reasons import FileRefused
from backend.places.kinds import PlaceKind
from tests.makers.refusals import refused_with


def options(what, *words):
    parser = argparse.ArgumentParser()
    add_arguments(parser, what)
    return from_arguments(parser.parse_args(words), print)


def test_a_bare_file_name_tells_the_dataset_and_where_errors_go():
    told = options("places", "/data/doors.csv")

    assert (told.dataset, told.errors_path) == ("doors", Path("/data/doors.csv.errors.csv"))
    assert (told.datum, told.kind, told.columns, told.within) == (None, None, {}, "")


def test_every_option_is_taken():
    told = options(
        *("places", "doors.csv", "--datum", "gcj02", "--columns", "lng=x84, lat = y84", "--within", "310115105"),
        *("--dataset", "police", "--kind", "storefront", "--errors", "bad.csv"),
    )

    assert (told.datum, told.kind, told.dataset) == (Datum.GCJ02, PlaceKind.STOREFRONT, "police")
    assert told.columns == {"lng": "x84", "lat": "y84"}
    assert (told.within, told.errors_path) == ("310115105", Path("bad.csv"))


def test_areas_may_be_given_a_list_of_codes():
    assert options("areas", "streets.json", "--codes", "codes.csv").codes_path == Path("codes.csv")


@pytest.mark.parametrize("columns", ["lng", "lng=", "=x", "lng=x,lat"])
def test_columns_that_are_no_pairs_are_refused(columns):
    with refused_with(FileRefused, "--columns"):
        options("places", "doors.csv", "--columns", columns)
