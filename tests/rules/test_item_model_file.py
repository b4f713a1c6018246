"""The model's file: what was written is read, and nothing that is cut, altered or made up is."""

import json
import struct

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backend.intake.items import artifact
from backend.intake.items.artifact import Header, Model, ModelBroken


def model() -> Model:
    header = Header(
        name="two", trained_on="three numbers", classes=("A101", "B302"), sizes=(2, 0, 1),
        scales=(0.5, 0.25), offsets=(0, 1),
        confidences=(0.5, 0.9), seen=(10, 5), wrong=(2, 0),
    )  # fmt: skip
    numbers, idf = np.array([3, 9, 4], np.uint64), np.array([1, 2.5, 1.5], np.float16)
    return Model(header=header, numbers=numbers, idf=idf, weights=np.array([[1, -2], [127, 0], [-127, 5]], np.int8))


def test_what_was_written_is_read(tmp_path):
    file = tmp_path / "two.model"

    checksum = artifact.write(file, model())
    found = artifact.read(file)

    assert found.header == model().header
    for name in ("numbers", "idf", "weights"):
        assert (getattr(found, name) == getattr(model(), name)).all()
    assert file.read_bytes()[8:40].hex() == checksum
    assert [each.name for each in tmp_path.iterdir()] == ["two.model"]


def test_the_same_model_makes_the_same_file(tmp_path):
    assert artifact.write(tmp_path / "one", model()) == artifact.write(tmp_path / "other", model())


@given(data=st.data())
@settings(max_examples=60)
def test_a_file_with_any_byte_altered_or_cut_off_is_refused(tmp_path_factory, data):
    file = tmp_path_factory.mktemp("models") / "two.model"
    artifact.write(file, model())
    whole = file.read_bytes()
    at = data.draw(st.integers(0, len(whole) - 1))
    spoilt = data.draw(st.sampled_from([whole[:at], whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :]]))
    file.write_bytes(spoilt)

    with pytest.raises(ModelBroken):
        artifact.read(file)


@pytest.mark.parametrize(
    "change",
    [{"classes": []}, {"sizes": [1000, 0, 1]}, {"sizes": [-1, 0, 4]}, {"sizes": [3]}, {"scales": [1]}, {"seen": []},
     {"unknown": 1}, {"name": None}],
    ids=str,
)  # fmt: skip
def test_a_header_that_does_not_fit_its_numbers_is_refused_even_with_a_good_checksum(tmp_path, change):
    import hashlib

    file = tmp_path / "odd.model"
    artifact.write(file, model())
    whole = file.read_bytes()
    length = struct.unpack("<I", whole[40:44])[0]
    header = json.dumps(json.loads(whole[44 : 44 + length]) | change).encode()
    body = struct.pack("<I", len(header)) + header + whole[44 + length :]
    file.write_bytes(whole[:8] + hashlib.sha256(body).digest() + body)

    with pytest.raises(ModelBroken):
        artifact.read(file)
