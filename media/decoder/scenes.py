"""What has changed between two pictures of one place. Guarded process only.

The after picture is laid over the before picture (`registration`), brought to its light, and compared cell by cell,
each with a little play. The cells that differ are joined to patches; of the one nearest to the middle, where whoever
photographs something has it, is measured how much it stands out from what is around it, before and after.
"""

from typing import BinaryIO

import numpy as np
from PIL import Image

from media.decoder.develop import opened
from media.decoder.messages import SceneComparison, SceneFindings
from media.decoder.registration import Array, Matrix, blurred, moved, register, sampled

SIDE_PX = 256
_CELL = 8
_PLAY = 2
_LIKE_RADIUS = 2
"""Of pixels at half the size, at which structure is compared."""
_DIFFERS_BELOW = 0.45
_FLAT = 4.0
"""A standard deviation of grey below which a cell has no structure to compare."""
_OUTSIDE_MIN = 20


def compare_files(comparison: SceneComparison, before: BinaryIO, after: BinaryIO) -> SceneFindings:
    """The same for two files. Raises RefusedError, or what the library raises."""
    pictures = [opened(comparison, source) for source in (before, after)]
    for picture in pictures:
        picture.draft("RGB", (SIDE_PX, SIDE_PX))
        picture.load()
    return compare(pictures[0], pictures[1])


def compare(before: Image.Image, after: Image.Image) -> SceneFindings:
    """Measures of what changed. They judge nothing: `media.scenes` does."""
    mine, theirs = _small(before), _small(after)
    plane, agreed, matched = register(mine.mean(axis=2), theirs.mean(axis=2))
    if plane is None:
        return SceneFindings(matched=matched, agreed=0)
    height, width = mine.shape[:2]
    x, y = np.meshgrid(np.arange(width, dtype=np.float64), np.arange(height, dtype=np.float64))
    ends = moved(plane, np.stack([x.ravel(), y.ravel()], axis=1)).reshape(height, width, 2)
    inside = (
        (ends[..., 0] >= 0)
        & (ends[..., 0] <= theirs.shape[1] - 1)
        & (ends[..., 1] >= 0)
        & (ends[..., 1] <= theirs.shape[0] - 1)
    )
    if inside.mean() < 0.3:
        return SceneFindings(matched=matched, agreed=agreed, overlap=float(inside.mean()))
    laid = _in_same_light(mine, sampled(theirs, ends[..., 0], ends[..., 1]), inside)
    return _measured(mine, laid, inside, plane, matched, agreed)


def _small(picture: Image.Image) -> Array:
    small = picture.convert("RGB")
    small.thumbnail((SIDE_PX, SIDE_PX), Image.Resampling.LANCZOS)
    return np.asarray(small, dtype=np.float32)


def _in_same_light(mine: Array, theirs: Array, inside: np.ndarray) -> Array:
    """Each colour by its own gain, in broad patches: shadows and another sky are no change."""
    weight = blurred(inside.astype(np.float32), 24) + 1e-3
    light = [blurred(mine[..., c] * inside, 24) / weight for c in range(3)]
    other = [blurred(theirs[..., c] * inside, 24) / weight for c in range(3)]
    gain = np.stack([(a + 8) / (b + 8) for a, b in zip(light, other, strict=True)], axis=2)
    return (theirs * gain.clip(0.4, 2.5)).astype(np.float32)


def _measured(mine: Array, laid: Array, inside: np.ndarray, plane: Matrix, matched: int, agreed: int) -> SceneFindings:
    grey, other = mine.mean(axis=2), laid.mean(axis=2)
    likeness, contrast = (_doubled(each, grey.shape) for each in _likeness(_halved(grey), _halved(other)))
    colour = np.abs(_blurred_rgb(mine) - _blurred_rgb(laid)).mean(axis=2)
    differs = ((likeness < _DIFFERS_BELOW) & (contrast > _FLAT)) | (colour > 28)
    cells = _cells(differs & inside) > 0.4
    seen = _cells(inside.astype(np.float32)) > 0.9
    cells &= seen
    return SceneFindings(
        matched=matched,
        agreed=agreed,
        overlap=float(inside.mean()),
        scale=float(np.abs(np.linalg.norm(plane[:2, :2]) / np.sqrt(2))),
        middle_seen=float(_middle(seen).mean()),
        changed=float(cells.sum() / max(1, seen.sum())),
        residue=_residue(grey, other, inside, cells),
        **_of_patches(mine, laid, cells, seen),
    )


def _of_patches(mine: Array, laid: Array, cells: np.ndarray, seen: np.ndarray) -> dict[str, float]:
    """What is measured of the patch in the middle, of what stands beside it, and of all that came or went."""
    patches = _patches(cells)
    if not patches:
        return {}
    main = max(patches, key=_nearness)
    beside = _grown(_grown(main)) & ~cells & seen
    outside = seen & ~_grown(_grown(_grown(cells)))
    if outside.sum() < _OUTSIDE_MIN:
        return {"patch": float(main.mean()), "central": _centrality(main)}
    before, after = _novelty(mine, outside), _novelty(laid, outside)
    went, came = (before - after)[cells].clip(0).sum(), (after - before)[cells].clip(0).sum()
    return {
        "patch": float(main.mean()),
        "central": _centrality(main),
        "went_central": _centrality(main & (before > after)),
        "before_new": float(before[main].mean()),
        "after_new": float(after[main].mean()),
        "came": float(came / (came + went + 1e-6)),
        "beside_new": float(np.quantile(after[beside], 0.8)) if beside.any() else 0.0,
        "before_edges": _edges(mine.mean(axis=2), main),
        "after_edges": _edges(laid.mean(axis=2), main),
    }


def _novelty(picture: Array, outside: np.ndarray) -> np.ndarray:
    """For each cell how unlike it is to what is elsewhere in the picture, where nothing changed; 1 is usual there."""
    grey = picture.mean(axis=2)
    dy, dx = (np.abs(each) for each in np.gradient(grey))
    spread = np.sqrt((blurred(grey * grey, 3) - blurred(grey, 3) ** 2).clip(0))
    layers = [blurred(picture[..., c], 2) for c in range(3)] + [spread * 2, blurred(dx, 3) * 3, blurred(dy, 3) * 3]
    marks = np.stack([_cells(layer) for layer in layers], axis=2)
    known = marks[outside]
    apart = np.sqrt(((marks.reshape(-1, 1, 6) - known[None]) ** 2).sum(axis=2))
    nearest = np.partition(apart, 3, axis=1)[:, 1:4].mean(axis=1).reshape(outside.shape)  # without itself
    return nearest / (np.median(nearest[outside]) + 2)


def _likeness(grey: Array, other: Array) -> tuple[Array, Array]:
    """The best correlation of each neighbourhood within a little play, and its contrast in the stronger picture."""
    r = _LIKE_RADIUS
    mean, mean_other = blurred(grey, r), blurred(other, r)
    var = (blurred(grey * grey, r) - mean * mean).clip(0)
    var_other = (blurred(other * other, r) - mean_other * mean_other).clip(0)
    best = np.full(grey.shape, -1, dtype=np.float32)
    for dy in range(-_PLAY, _PLAY + 1):
        for dx in range(-_PLAY, _PLAY + 1):
            shifted = np.roll(other, (dy, dx), (0, 1))
            mean_s, var_s = np.roll(mean_other, (dy, dx), (0, 1)), np.roll(var_other, (dy, dx), (0, 1))
            together = blurred(grey * shifted, r) - mean * mean_s
            best = np.maximum(best, together / np.sqrt((var + 4) * (var_s + 4)))
    return best, np.sqrt(np.maximum(var, var_other))


def _halved(picture: Array) -> Array:
    rows, columns = picture.shape[0] // 2, picture.shape[1] // 2
    return picture[: rows * 2, : columns * 2].reshape(rows, 2, columns, 2).mean(axis=(1, 3))


def _doubled(picture: Array, shape: tuple[int, ...]) -> Array:
    wide = picture.repeat(2, axis=0).repeat(2, axis=1)
    return np.pad(wide, ((0, shape[0] - wide.shape[0]), (0, shape[1] - wide.shape[1])), mode="edge")


def _blurred_rgb(picture: Array) -> Array:
    return np.stack([blurred(picture[..., c], 3) for c in range(3)], axis=2)


def _cells(values: np.ndarray) -> np.ndarray:
    rows, columns = values.shape[0] // _CELL, values.shape[1] // _CELL
    cut = values[: rows * _CELL, : columns * _CELL].astype(np.float32)
    return cut.reshape(rows, _CELL, columns, _CELL).mean(axis=(1, 3))


def _patches(cells: np.ndarray) -> list[np.ndarray]:
    """Cells that touch, sides and corners; each patch as a mask."""
    left, found = cells.copy(), []
    while left.any():
        patch = np.zeros_like(cells)
        patch[np.unravel_index(left.argmax(), left.shape)] = True
        while True:
            grown = _grown(patch) & cells
            if (grown == patch).all():
                break
            patch = grown
        left &= ~patch
        found.append(patch)
    return found


def _grown(patch: np.ndarray) -> np.ndarray:
    wide = np.pad(patch, 1)
    rows, columns = patch.shape
    return np.logical_or.reduce([wide[y : y + rows, x : x + columns] for y in range(3) for x in range(3)])


def _centrality(patch: np.ndarray) -> float:
    """What part of the middle of the picture (a third each way) the patch covers."""
    return float(_middle(patch).mean())


def _middle(cells: np.ndarray) -> np.ndarray:
    rows, columns = cells.shape
    return cells[rows // 3 : rows - rows // 3, columns // 3 : columns - columns // 3]


def _nearness(patch: np.ndarray) -> float:
    return _centrality(patch) * 3 + patch.mean()


def _edges(grey: Array, patch: np.ndarray) -> float:
    """Mean gradient within the patch."""
    dy, dx = np.gradient(grey)
    return float(_cells(np.hypot(dx, dy))[patch].mean())


def _residue(grey: Array, other: Array, inside: np.ndarray, cells: np.ndarray) -> float:
    """How many grey levels differ where nothing changed (the median): two photos have two noises, copies one."""
    mask = np.kron(~cells, np.ones((_CELL, _CELL), dtype=bool))
    rows, columns = mask.shape
    still = mask & inside[:rows, :columns]
    if not still.any():
        return 0.0
    difference = (grey - other)[:rows, :columns][still]
    return float(np.median(np.abs(difference - np.median(difference))))
