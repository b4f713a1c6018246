"""The format of a code, without any registry."""

import random
import secrets

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from qr import codes
from qr.codes import ALPHABET, CodeVerdict
from qr.errors import CodeMalformed

KEYS = codes.keyring("a secret of the town")
minted = st.integers(0, 2**codes.RANDOM_BITS - 1).map(lambda chance: codes.compose(KEYS, lambda _: chance))


@given(minted)
def test_a_minted_code_is_twelve_characters_that_pass_every_check(code: str) -> None:
    assert len(code) == 12
    assert set(code) <= set(ALPHABET)
    assert "." not in code
    assert codes.judge(code, KEYS) is CodeVerdict.GENUINE


@given(minted)
def test_every_single_wrong_character_is_noticed(code: str) -> None:
    for position in range(12):
        for wrong in ALPHABET:
            slipped = code[:position] + wrong + code[position + 1 :]
            assert codes.is_well_formed(slipped) == (slipped == code)


@given(minted)
def test_every_swap_of_two_characters_is_noticed(code: str) -> None:
    for left in range(12):
        for right in range(left + 1, 12):
            letters = list(code)
            letters[left], letters[right] = letters[right], letters[left]
            swapped = "".join(letters)
            assert codes.is_well_formed(swapped) == (swapped == code)


@given(minted)
def test_a_code_is_read_however_it_was_written(code: str) -> None:
    by_hand = codes.grouped(code).lower().replace("0", "o").replace("1", "l")

    assert codes.parse(f" {by_hand} ") == code
    assert codes.parse(code.replace("1", "I")) == code
    assert codes.parse(codes.parse(by_hand)) == code
    assert codes.parse("".join(chr(ord(each) + 0xFEE0) for each in codes.grouped(code).lower())) == code
    assert codes.parse(f"\ufeff{code[:6]}\u200b\u3000{code[6:]}\u202c") == code


@given(st.text(max_size=40))
def test_any_text_can_be_judged(text: str) -> None:
    assert codes.judge(text, KEYS) in CodeVerdict


@given(st.text(max_size=40))
def test_what_is_no_code_is_refused_with_what_was_read(text: str) -> None:
    assume(not codes.is_code(text))

    with pytest.raises(CodeMalformed) as refused:
        codes.parse(text)

    assert len(refused.value.extra["code"]) <= codes.LENGTH


def test_invented_codes_are_caught_offline() -> None:
    chance = random.Random(7)
    forger = codes.keyring("a forger's guess")
    invented = [codes.compose(forger, chance.getrandbits) for _ in range(5000)]

    assert all(codes.is_well_formed(code) for code in invented)
    assert sum(codes.judge(code, KEYS) is CodeVerdict.GENUINE for code in invented) <= 1


def test_codes_of_an_older_key_stay_genuine_after_rotation() -> None:
    old = codes.keyring("", "0:first")
    ring = codes.keyring("", "0:first,1:second")
    hanging, fresh = codes.compose(old, secrets.randbits), codes.compose(ring, secrets.randbits)

    assert codes.judge(hanging, ring) is CodeVerdict.GENUINE
    assert codes.judge(fresh, ring) is CodeVerdict.GENUINE
    assert codes.judge(fresh, old) is CodeVerdict.UNKNOWN_KEY
    assert ring.current == 1


def test_a_fingerprint_tells_keys_apart() -> None:
    ring = codes.keyring("", "0:first,1:second")

    assert ring.fingerprint(0) != ring.fingerprint(1)
    assert ring.fingerprint(0) == codes.keyring("", "0:first").fingerprint(0)


def test_a_key_number_beyond_four_bits_is_refused() -> None:
    with pytest.raises(ValueError, match="from 0 to 15"):
        codes.keyring("", "16:too many")


def test_guessing_a_live_code_has_odds_below_one_in_a_billion() -> None:
    live = 500_000
    unknown_to_a_guesser = 2 ** (codes.RANDOM_BITS + codes.SIGNATURE_BITS)

    assert live / unknown_to_a_guesser < 1e-9
