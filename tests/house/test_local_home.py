"""Where a private database lives: beside the checkout when it can, in a shelter of its own when it cannot."""

import os
from pathlib import Path

import pytest

from deploy.local import home
from deploy.local.state import State


@pytest.fixture
def shelter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A shelter in the test's own folder instead of the machine's."""
    place = tmp_path / "shelters" / "one"
    monkeypatch.setattr(home, "shelter_for", lambda _state, _uid: place)
    return place


def state_at(folder: Path) -> State:
    folder.mkdir(parents=True)
    return State(folder)


def test_a_short_plain_path_may_hold_the_socket() -> None:
    assert home.socket_fits(Path("/srv/yima/.yima/pg"))


@pytest.mark.parametrize("path", ["/a folder/pg", "/街道/pg", "/a,b/pg", "/it's/pg", "/" + "long/" * 20])
def test_a_path_that_an_address_would_misread_may_not_hold_the_socket(path: str) -> None:
    assert not home.socket_fits(Path(path))


def test_the_limit_counts_the_bytes_of_the_socket_itself() -> None:
    longest = Path("/" + "x" * (home.LONGEST_SOCKET_FOLDER - len("/") - len("/socket")))

    assert home.socket_fits(longest)
    assert not home.socket_fits(Path(f"{longest}x"))


def test_data_and_socket_lie_in_the_state_where_it_can_serve(shelter: Path) -> None:
    state = state_at(Path(os.path.realpath("/tmp")) / f"yima-test-{os.getpid()}")
    try:
        found = home.choose(state, None)

        assert found == home.Home(state.path / "pg" / "data", state.path / "pg" / "socket")
        assert (state.path / "pg").stat().st_mode & 0o777 == 0o700
        assert not shelter.exists()
    finally:
        for folder in ("pg/socket", "pg", ""):
            (state.path / folder).rmdir()


def test_only_the_socket_moves_out_of_a_path_with_spaces(tmp_path: Path, shelter: Path) -> None:
    state = state_at(tmp_path / "a folder")

    found = home.choose(state, None)

    assert found == home.Home(state.path / "pg" / "data", shelter / "socket")
    assert home.choose(state, None) == found


def test_the_socket_folder_is_closed_to_others(tmp_path: Path, shelter: Path) -> None:
    found = home.choose(state_at(tmp_path / "a folder"), None)

    assert [folder.stat().st_mode & 0o777 for folder in (found.socket, shelter)] == [0o700, 0o700]


def test_a_copied_state_does_not_take_the_shelter_of_its_original(tmp_path: Path, shelter: Path) -> None:
    original, copy = state_at(tmp_path / "the original"), state_at(tmp_path / "the copy")
    home.choose(original, None)

    (copy.path / home.NOTE).write_text(f"{shelter}\n")

    assert home.noted_shelter(original) == shelter
    assert home.noted_shelter(copy) is None


def test_forgetting_removes_the_shelter_and_only_that(tmp_path: Path, shelter: Path) -> None:
    state = state_at(tmp_path / "a folder")
    home.choose(state, None)
    neighbour = shelter.parent / "two"
    neighbour.mkdir()

    home.forget_shelter(state)

    assert not shelter.exists()
    assert neighbour.exists()


def test_two_states_have_two_shelters() -> None:
    shelters = {home.shelter_for(State(Path(path)), uid) for path in ("/a", "/b") for uid in (0, 1000)}

    assert len(shelters) == 4
