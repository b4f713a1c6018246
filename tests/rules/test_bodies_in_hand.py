"""Large bodies: so many bytes in hand at once, of all and of one sender."""

import pytest
from litestar.testing import RequestFactory

from backend.errors import TooMany, Unavailable
from backend.routes.http.bodies_in_hand import BodiesInHand, size_of


def test_one_sender_has_a_share_and_all_have_a_limit_which_come_back_when_a_body_is_done():
    bodies = BodiesInHand(100, 60)

    with bodies.hold("a", 40):
        with bodies.hold("a", 20), pytest.raises(TooMany), bodies.hold("a", 1):
            pass
        with bodies.hold("b", 60):
            with pytest.raises(Unavailable) as full, bodies.hold("c", 1):
                pass
            assert full.value.extra["retry_after_s"] > 0
    with pytest.raises(ZeroDivisionError), bodies.hold("a", 60):
        raise ZeroDivisionError
    with bodies.hold("a", 60), bodies.hold("b", 40):
        pass
    assert bodies._held == {}


@pytest.mark.parametrize(
    ("said", "size"), [("0", 0), ("17", 17), ("100", 100), ("101", 100), ("9" * 400, 100), ("-1", 100), ("", 100)]
)
def test_a_body_that_does_not_say_how_large_it_is_counts_as_the_largest(said, size):
    request = RequestFactory().post("/", headers={"content-length": said} if said else {})

    assert size_of(request, 100) == size
