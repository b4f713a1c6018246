"""What is sealed opens for its own row and key only."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.privacy.seals import IDENTITY, PERSONAL, Seal, SealBroken, numbered

ONE, TWO = "first-secret-of-this-town-0123456789", "second-secret-of-this-town-987654321"


@given(st.text(), st.text(max_size=40))
def test_what_was_sealed_is_read_again(clear, about):
    seal = Seal({1: ONE}, PERSONAL)

    assert seal.open(seal.close(clear, about), about) == clear


def test_the_same_text_is_sealed_to_other_bytes_and_has_one_print():
    seal = Seal({1: ONE}, PERSONAL)

    assert seal.close("王小明", "a") != seal.close("王小明", "a")
    assert seal.print_of("王小明") == seal.print_of("王小明") != seal.print_of("王小红")


def test_a_new_key_seals_and_the_old_one_still_opens_and_prints_stay():
    old, both = Seal({1: ONE}, PERSONAL), Seal({1: ONE, 2: TWO}, PERSONAL)

    assert both.open(old.close("x", "a"), "a") == "x"
    assert both.print_of("x") == old.print_of("x")
    with pytest.raises(SealBroken):
        old.open(both.close("x", "a"), "a")


@pytest.mark.parametrize(
    "opened",
    [
        lambda sealed: Seal({1: ONE}, PERSONAL).open(sealed, "volunteer.real_name:2"),
        lambda sealed: Seal({1: TWO}, PERSONAL).open(sealed, "volunteer.real_name:1"),
        lambda sealed: Seal({1: ONE}, IDENTITY).open(sealed, "volunteer.real_name:1"),
        lambda sealed: Seal({1: ONE}, PERSONAL).open(sealed[:-1] + bytes([sealed[-1] ^ 1]), "volunteer.real_name:1"),
        lambda sealed: Seal({1: ONE}, PERSONAL).open(sealed[:9], "volunteer.real_name:1"),
        lambda sealed: Seal({1: ONE}, PERSONAL).open(b"", "volunteer.real_name:1"),
    ],
)
def test_another_row_key_purpose_or_byte_opens_nothing(opened):
    sealed = Seal({1: ONE}, PERSONAL).close("310115197001011234", "volunteer.real_name:1")

    with pytest.raises(SealBroken):
        opened(sealed)


def test_keys_are_numbered_and_the_towns_secret_is_the_first():
    assert numbered(ONE, "") == {1: ONE}
    assert numbered(ONE, f"1:{ONE}, 2:{TWO}") == {1: ONE, 2: TWO}


@pytest.mark.parametrize("given_keys", ["one", f"x:{ONE}", "1:short", f"1:{ONE},1:{TWO}", f"1{ONE}"])
def test_keys_that_are_none_are_refused_without_being_repeated(given_keys):
    with pytest.raises(ValueError, match="number:secret") as refused:
        numbered(ONE, given_keys)

    assert ONE not in str(refused.value)
