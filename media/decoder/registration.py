"""Two pictures of one place laid over each other: corners, their surroundings, and the plane on which most agree.

Guarded process only. Harris corners on three scales, patches of 8 x 8 in plain order (phones are held upright), matched
both ways, RANSAC for a homography. Pictures are arrays of floats, rows first.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.floating[Any]]
Matrix = NDArray[np.float64]
_SCALES = (1.0, 0.8, 0.64)
_CORNERS_EACH = 220
_CELL = 10
"""At most one corner in each square of so many pixels: they spread over the picture."""
_PATCH, _SPACING = 8, 3
_MARGIN = _PATCH * _SPACING // 2 + 2
_LIKE_MIN, _RATIO_MAX = 0.75, 0.98
_ROUNDS = 600
_NEAR_PX = 3.5


def register(before: Array, after: Array) -> tuple[Matrix | None, int, int]:
    """The homography from places in `before` to places in `after`; how many matches agree with it, and of how many.

    None where no plane has four that agree. Chance is seeded: the same pictures give the same answer.
    """
    here, there = _matches(before, after)
    if len(here) < 6:
        return None, 0, len(here)
    return _agreed(here, there)


def blurred(picture: Array, radius: int) -> Array:
    """Twice a box of 2 radius + 1: near enough to a bell, at a cost that does not grow with it."""
    return _box(_box(picture, radius), radius)


def _box(picture: Array, radius: int) -> Array:
    size = 2 * radius + 1
    for axis in (0, 1):
        pad = [(0, 0), (0, 0)]
        pad[axis] = (radius + 1, radius)
        sums = np.cumsum(np.pad(picture, pad, mode="edge"), axis=axis, dtype=np.float64)
        upper = sums[size:] if axis == 0 else sums[:, size:]
        lower = sums[:-size] if axis == 0 else sums[:, :-size]
        picture = ((upper - lower) / size).astype(np.float32)
    return picture


def _matches(before: Array, after: Array) -> tuple[Matrix, Matrix]:
    here, mine = _described(before)
    there, theirs = _described(after)
    if not len(here) or not len(there):
        return np.empty((0, 2)), np.empty((0, 2))
    likeness = mine @ theirs.T
    best = likeness.argmax(axis=1)
    value = likeness[np.arange(len(here)), best]
    back = likeness.argmax(axis=0)
    likeness[np.arange(len(here)), best] = -1
    near = np.hypot(*(there[likeness.argmax(axis=1)] - there[best]).T) < 2 * _CELL  # the same corner on another scale
    second = np.where(near, 0, likeness.max(axis=1))
    good = (back[best] == np.arange(len(here))) & (value > _LIKE_MIN) & (second < value * _RATIO_MAX)
    return here[good], there[best[good]]


def _described(picture: Array) -> tuple[Matrix, Array]:
    """Places of corners, x and y, and what is around each as a vector of length 1."""
    places: list[Matrix] = []
    vectors: list[Array] = []
    for scale in _SCALES:
        level = _scaled(picture, scale)
        corners = _corners(level)
        if len(corners):
            places.append(corners / scale)
            vectors.append(_patches(blurred(level, 1), corners))
    if not places:
        return np.empty((0, 2)), np.empty((0, _PATCH**2), dtype=np.float32)
    return np.concatenate(places), np.concatenate(vectors)


def _scaled(picture: Array, scale: float) -> Array:
    if scale == 1.0:
        return picture
    height, width = picture.shape
    rows = np.minimum((np.arange(int(height * scale)) + 0.5) / scale, height - 1)
    columns = np.minimum((np.arange(int(width * scale)) + 0.5) / scale, width - 1)
    return sampled(blurred(picture, 1), *np.meshgrid(columns - 0.5, rows - 0.5))


def sampled(picture: Array, x: Matrix, y: Matrix) -> Array:
    """Values between the pixels; outside the nearest edge."""
    height, width = picture.shape[:2]
    x, y = x.clip(0, width - 1.001), y.clip(0, height - 1.001)
    left, top = x.astype(np.int32), y.astype(np.int32)
    fx, fy = (x - left).astype(np.float32), (y - top).astype(np.float32)
    if picture.ndim == 3:
        fx, fy = fx[..., None], fy[..., None]
    upper = picture[top, left] * (1 - fx) + picture[top, left + 1] * fx
    lower = picture[top + 1, left] * (1 - fx) + picture[top + 1, left + 1] * fx
    return upper * (1 - fy) + lower * fy


def _corners(level: Array) -> Matrix:
    """The strongest corner of each cell, strongest first, without the margin."""
    smooth = blurred(level, 1)
    dy, dx = np.gradient(smooth, axis=0), np.gradient(smooth, axis=1)
    xx, yy, xy = blurred(dx * dx, 2), blurred(dy * dy, 2), blurred(dx * dy, 2)
    strength = (xx * yy - xy * xy) / (xx + yy + 1e-3)
    strength[:_MARGIN], strength[-_MARGIN:], strength[:, :_MARGIN], strength[:, -_MARGIN:] = 0, 0, 0, 0
    height, width = strength.shape
    rows, columns = height // _CELL, width // _CELL
    cells = strength[: rows * _CELL, : columns * _CELL].reshape(rows, _CELL, columns, _CELL).swapaxes(1, 2)
    flat = cells.reshape(rows, columns, _CELL * _CELL)
    inside = flat.argmax(axis=2)
    value = flat.max(axis=2).ravel()
    y = (np.arange(rows)[:, None] * _CELL + inside // _CELL).ravel()
    x = (np.arange(columns)[None, :] * _CELL + inside % _CELL).ravel()
    order = np.argsort(-value)[:_CORNERS_EACH]
    order = order[value[order] > 1.0]
    return np.stack([x[order], y[order]], axis=1).astype(np.float64)


def _patches(level: Array, corners: Matrix) -> Array:
    steps = (np.arange(_PATCH) - (_PATCH - 1) / 2) * _SPACING
    dx, dy = np.meshgrid(steps, steps)
    x = corners[:, :1] + dx.ravel()[None]
    y = corners[:, 1:] + dy.ravel()[None]
    found = sampled(blurred(level, 1), x, y)
    found = found - found.mean(axis=1, keepdims=True)
    return (found / (np.linalg.norm(found, axis=1, keepdims=True) + 1e-6)).astype(np.float32)


def _agreed(here: Matrix, there: Matrix) -> tuple[Matrix | None, int, int]:
    """RANSAC: similarities of two matches first, which hands allow, then a homography of all that agree, twice."""
    chance = np.random.default_rng(17)
    p, q = here[:, 0] + 1j * here[:, 1], there[:, 0] + 1j * there[:, 1]
    first, second = chance.integers(len(p), size=(2, _ROUNDS))
    apart = np.abs(p[first] - p[second]) > 20
    first, second = first[apart], second[apart]
    if not len(first):
        return None, 0, len(p)
    turn = (q[second] - q[first]) / (p[second] - p[first])
    likely = (np.abs(turn) > 0.6) & (np.abs(turn) < 1.7) & (np.abs(np.angle(turn)) < 0.5)
    turn, first = turn[likely], first[likely]
    if not len(first):
        return None, 0, len(p)
    shift = q[first] - turn * p[first]
    agrees = np.abs(turn[:, None] * p[None] + shift[:, None] - q[None]) < 3 * _NEAR_PX
    best = agrees[agrees.sum(axis=1).argmax()]
    plane = None
    for near in (2.5, 1.5, 1.0, 1.0):
        if best.sum() < 6:
            break
        plane = _plane(here[best], there[best])
        if plane is None:
            break
        best = np.hypot(*(moved(plane, here) - there).T) < near * _NEAR_PX
    return plane, int(best.sum()) if plane is not None else 0, len(p)


def moved(plane: Matrix, places: Matrix) -> Matrix:
    """Where places go by a homography."""
    ends = np.c_[places, np.ones(len(places))] @ plane.T
    return ends[:, :2] / ends[:, 2:]


def _plane(here: Matrix, there: Matrix) -> Matrix | None:
    """The homography of least squares, with both sides brought to a common measure first."""
    one, other = _measure(here), _measure(there)
    x, y = moved(one, here).T
    u, v = moved(other, there).T
    zero, unit = np.zeros_like(x), np.ones_like(x)
    rows = np.concatenate(
        [
            np.stack([x, y, unit, zero, zero, zero, -u * x, -u * y, -u], axis=1),
            np.stack([zero, zero, zero, x, y, unit, -v * x, -v * y, -v], axis=1),
        ]
    )
    _, _, found = np.linalg.svd(rows)
    plane = np.linalg.inv(other) @ found[-1].reshape(3, 3) @ one
    return plane / plane[2, 2] if abs(plane[2, 2]) > 1e-9 else None


def _measure(places: Matrix) -> Matrix:
    middle, spread = places.mean(axis=0), max(1e-6, float(places.std()))
    return np.array([[1 / spread, 0, -middle[0] / spread], [0, 1 / spread, -middle[1] / spread], [0, 0, 1]])
