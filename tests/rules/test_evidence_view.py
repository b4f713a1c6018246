"""What a page tells of a photo: when, where, and what it is compared with; nothing that is not known."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

from backend.orders.reads.views import OrderPhoto
from backend.orders.verifying.proof import PhotoProof, PhotoVerdict
from backend.web.views.evidence import Evidence, latest_of, photo_page
from backend.web.views.page import PageContext

NOW = datetime(2026, 11, 27, 4, 0, tzinfo=UTC)
READER = PageContext(lang="zh", big=False, path="/", now=NOW, hotline="12345")
EVIDENCE = Evidence(READER, "/o/7/photos/", "莲安路 99 号", {1: NOW - timedelta(hours=1), 2: NOW})


def photo(number: int, role: str, step_id: int, proof: PhotoProof | None = None) -> OrderPhoto:
    return OrderPhoto(id=UUID(int=number), role=role, step_id=step_id, thumb_url="/t", large_url="/l", proof=proof)


REPORT, OLD, AFTER, ARRIVAL = photo(1, "report", 1), photo(2, "after", 2), photo(3, "after", 3), photo(4, "arrival", 2)
ALL = [REPORT, OLD, AFTER, ARRIVAL]


def test_of_each_photo_it_is_told_when_it_came_and_where() -> None:
    assert EVIDENCE.facts_of(REPORT) == ["提交于 11:00", "莲安路 99 号"]
    assert EVIDENCE.facts_of(AFTER) == ["莲安路 99 号"], "who reads it is not told of that step"


def test_what_a_photo_proves_says_when_it_was_taken_and_how_far_away() -> None:
    proof = PhotoProof(
        photo_id=UUID(int=5), verdict=PhotoVerdict.DOUBTFUL, captured_at=NOW - timedelta(minutes=5), distance_m=12.4
    )

    assert EVIDENCE.facts_of(photo(5, "after", 2, proof)) == [
        "拍摄于 11:55",
        "提交于 12:00",
        "距现场 12 米",
        "莲安路 99 号",
    ]


def test_of_several_rounds_the_latest_is_compared() -> None:
    shown = photo_page(EVIDENCE, ALL, REPORT.id)

    assert latest_of(ALL, "after") == [AFTER]
    assert shown and shown.counterpart and shown.counterpart.title == "处置后照片"
    assert (shown.number, shown.many, shown.previous, shown.following) == (1, 4, "", EVIDENCE.address_of(OLD))


def test_an_arrival_is_compared_with_nothing_and_a_foreign_photo_is_not_there() -> None:
    last = photo_page(EVIDENCE, ALL, ARRIVAL.id)

    assert last and (last.counterpart, last.following, last.previous) == (None, "", EVIDENCE.address_of(AFTER))
    assert photo_page(EVIDENCE, ALL, UUID(int=9)) is None
