"""What a page tells of each photo of an order: where it is shown whole, when it was taken and came, and where.

Which photos there are, and what is known of each, was decided by whoever read the order for this reader.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from backend.orders.reads.views import OrderDetail, OrderPhoto
from backend.reports.structs import Tracking
from backend.web.views.page import PageContext
from media.structs import PhotoRole

BEFORE, AFTER = "before", "after"
_SIDES = {PhotoRole.REPORT: BEFORE, PhotoRole.BEFORE: BEFORE, PhotoRole.AFTER: AFTER}


@dataclass(frozen=True, slots=True)
class Evidence:
    """The photos of one order, for one reader."""

    page: PageContext
    address: str
    """Of the page of a photo, up to the photo's id."""
    where: str
    received: Mapping[int, datetime]
    """By step, when the photos came that it brought."""

    def address_of(self, photo: OrderPhoto) -> str:
        """Where the photo is shown whole, with all that is known of it."""
        return f"{self.address}{photo.id}"

    def side_of(self, photo: OrderPhoto) -> str:
        """On which side of a comparison it stands; empty for neither."""
        return _SIDES.get(PhotoRole(photo.role), "")

    def facts_of(self, photo: OrderPhoto) -> list[str]:
        """When it was taken, when it came, and where, in words; what is not known is not said."""
        taken = (photo.proof.captured_at if photo.proof else None) or photo.captured_at
        came, distance_m = self.received.get(photo.step_id), photo.proof.distance_m if photo.proof else None
        said = [
            self.page.t("proof.taken", at=self.page.moment(taken)) if taken else "",
            self.page.t("viewer.received", at=self.page.moment(came)) if came else "",
            self.page.t("proof.distance", m=round(distance_m)) if distance_m is not None else "",
            self.where,
        ]
        return [each for each in said if each]


@dataclass(frozen=True, slots=True)
class WholePhoto:
    """A photo as its own page shows it."""

    title: str
    large_url: str
    facts: Sequence[str]


@dataclass(frozen=True, slots=True)
class PhotoPage:
    """One photo among those of a page, beside what it is compared with."""

    photo: WholePhoto
    number: int
    """Among the photos of the page, from 1."""
    many: int
    previous: str
    """The address of the photo before this one; empty for the first."""
    following: str
    counterpart: WholePhoto | None = None
    """The first photo of the latest round on the other side."""


def evidence_of(order: OrderDetail, where: str, page: PageContext) -> Evidence:
    """`where`: what the order's place is called on the page."""
    return Evidence(page, f"/o/{order.id}/photos/", where, {step.id: step.at for step in order.steps})


def evidence_of_tracking(tracked: Tracking, token: str, page: PageContext) -> Evidence:
    """For whoever holds the tracking link."""
    received = {step.id: step.at for step in tracked.steps}
    where = tracked.place or page.t("track.by_position")
    return Evidence(page, f"/r/{token}/photos/", where, received)


def latest_of(photos: Sequence[OrderPhoto], role: str) -> list[OrderPhoto]:
    """The photos of a role, of every report; of those brought by a finish, only the latest round's."""
    shown = [photo for photo in photos if photo.role == role]
    if role == PhotoRole.REPORT:
        return shown
    latest = max((photo.step_id for photo in shown), default=0)
    return [photo for photo in shown if photo.step_id == latest]


def photo_page(evidence: Evidence, photos: Sequence[OrderPhoto], photo_id: UUID) -> PhotoPage | None:
    """None where the reader is shown no such photo."""
    at = next((position for position, photo in enumerate(photos) if photo.id == photo_id), None)
    if at is None:
        return None
    sides = {BEFORE: latest_of(photos, "before") or latest_of(photos, "report"), AFTER: latest_of(photos, "after")}
    other = sides.get({BEFORE: AFTER, AFTER: BEFORE}.get(evidence.side_of(photos[at]), ""), [])
    addresses = [evidence.address_of(photo) for photo in photos]
    return PhotoPage(
        photo=_whole(evidence, photos[at]),
        number=at + 1,
        many=len(photos),
        previous=addresses[at - 1] if at else "",
        following=next(iter(addresses[at + 1 :]), ""),
        counterpart=_whole(evidence, other[0]) if other else None,
    )


def _whole(evidence: Evidence, photo: OrderPhoto) -> WholePhoto:
    return WholePhoto(evidence.page.t(f"role.{photo.role}"), photo.large_url, evidence.facts_of(photo))
