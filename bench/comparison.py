"""How often comparing two photos calls something gone that is not, on labelled pairs, and how the model is trained.

    python -m bench.comparison [PAIRS]          so many pairs of each label and stock (20): the table
    python -m bench.comparison [PAIRS] --train  first a model of other pairs, into media/scene_model.json

Pairs are made by `bench.parts.photo_pairs` from drawn scenes, and from the real photos of the collection where they are
there (YIMA_DATA). Seeds of training and of measuring differ, and so do the drawn scenes; the real photos are the same.
"""

import json
import sys
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import cache

import msgspec
import numpy as np

from bench import photo_alike
from bench.parts.photo_pairs import CHEATS, DRAWN, GONE, NOT_GONE, Stock, make_pair, stock_of
from media import scenes
from media.decoder.messages import SceneFindings
from media.decoder.scenes import compare
from media.scenes import SceneModel

PAIRS = 20
MEASURED, TRAINED = "measured", "trained"
HARD = tuple(label for label in NOT_GONE if label not in CHEATS)
_SIDE_MIN_PX = 400
_RIDGE = 0.5
_PROCESSES = 4


@dataclass(frozen=True, slots=True)
class Compared:
    label: str
    stock: str
    found: SceneFindings


def main() -> None:
    numbers = [int(word) for word in sys.argv[1:] if word.isdecimal()]
    pairs = numbers[0] if numbers else PAIRS
    measured = compared(pairs, MEASURED, (GONE, *NOT_GONE))
    if "--train" in sys.argv:
        model = measured_by(trained(compared(pairs, TRAINED, (GONE, GONE, *HARD))), measured)
        scenes._MODEL.write_text(json.dumps(_plain(model), indent=1) + "\n", encoding="utf-8")
    else:
        model = scenes.model()
    print(table(measured, model))


@cache
def stocks() -> dict[str, Stock]:
    photos = [photo for photo in photo_alike.pictures() if min(photo.size) >= _SIDE_MIN_PX]
    return {"drawn": DRAWN} | ({"photos": stock_of(photos)} if photos else {})


def compared(pairs: int, seed: str, labels: Sequence[str]) -> list[Compared]:
    """Every pair of these labels, in several processes: a label that is named twice has twice as many."""
    asked = [
        (label, name, f"{seed}/{turn}/{name}/{number}")
        for turn, label in enumerate(labels)
        for name in stocks()
        for number in range(pairs)
    ]
    with ProcessPoolExecutor(_PROCESSES) as pool:
        return list(pool.map(_compared, *zip(*asked, strict=True), chunksize=4))


def _compared(label: str, name: str, seed: str) -> Compared:
    pair = make_pair(label, stocks()[name], seed)
    return Compared(label, name, compare(pair.before, pair.after))


def trained(pairs: Sequence[Compared]) -> SceneModel:
    """Logistic regression with a ridge, by Newton's steps; the threshold lets none of these pairs through falsely."""
    fit = [each for each in pairs if scenes.barred_by(each.found) is None]
    values = [scenes.weighed(each.found) for each in fit]
    names = list(values[0])
    table_ = np.array([[row[name] for name in names] for row in values])
    goal = np.array([each.label == GONE for each in fit], dtype=np.float64)
    means, spread = table_.mean(axis=0), table_.std(axis=0) + 1e-9
    weights = _fitted(np.c_[np.ones(len(table_)), (table_ - means) / spread], goal)
    model = SceneModel(
        version="1",
        threshold=1.0,
        bias=float(weights[0]),
        means=dict(zip(names, map(float, means), strict=True)),
        weights=dict(zip(names, map(float, weights[1:] / spread), strict=True)),
        pairs=0,
        false_gone=0,
        false_gone_max=1.0,
        worst="",
    )
    false = sorted(scenes.score_of(each.found, model) for each in fit if each.label != GONE)
    return _replaced(model, threshold=round(min(0.99, false[-1] + 0.02), 4))


def measured_by(model: SceneModel, pairs: Sequence[Compared]) -> SceneModel:
    """The same model with what it was measured to be."""
    counted = {label: counts(pairs, label, model) for label in NOT_GONE}
    bounds = {label: upper_bound(false, total) for label, (false, total) in counted.items()}
    worst = max(bounds, key=lambda label: bounds[label])
    return _replaced(
        model,
        pairs=sum(total for _, total in counted.values()),
        false_gone=sum(false for false, _ in counted.values()),
        false_gone_max=round(bounds[worst], 4),
        worst=worst,
    )


def counts(pairs: Sequence[Compared], label: str, model: SceneModel, stock: str = "") -> tuple[int, int]:
    """How many of a label are called gone, of how many."""
    own = [each for each in pairs if each.label == label and stock in ("", each.stock)]
    return sum(scenes.judge(each.found, model).is_gone for each in own), len(own)


def upper_bound(false: int, total: int) -> float:
    """Clopper and Pearson's upper bound of a share, one-sided 95 %, by halving."""
    low, high = false / max(1, total), 1.0
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if _at_most(false, total, middle) > 0.05 else (low, middle)
    return high


def table(pairs: Sequence[Compared], model: SceneModel) -> str:
    names = sorted({each.stock for each in pairs})
    lines = ["| pairs | " + " | ".join(f"called gone, {name}" for name in names) + " | upper bound | why not |"]
    lines.append("|---|" + "---|" * (len(names) + 2))
    for label in (GONE, *NOT_GONE):
        found = [counts(pairs, label, model, name) for name in names]
        bound = upper_bound(*counts(pairs, label, model))
        why = Counter(scenes.judge(each.found, model).reason.value for each in pairs if each.label == label)
        shown = " | ".join(f"{false} of {total}" for false, total in found)
        last = "" if label == GONE else f"{bound:.1%}"
        lines.append(f"| {label} | {shown} | {last} | {', '.join(f'{name} {n}' for name, n in why.most_common(3))} |")
    return "\n".join(lines)


def _at_most(false: int, total: int, share: float) -> float:
    """The chance of so few or fewer."""
    term = total_chance = (1 - share) ** total
    for k in range(1, false + 1):
        term *= (total - k + 1) / k * share / (1 - share)
        total_chance += term
    return total_chance


def _fitted(values: np.ndarray, goal: np.ndarray) -> np.ndarray:
    ridge = _RIDGE * np.diag(np.r_[0, np.ones(values.shape[1] - 1)])
    weights = np.zeros(values.shape[1])
    for _ in range(60):
        chance = 1 / (1 + np.exp(-(values @ weights).clip(-30, 30)))
        slope = values.T @ (chance - goal) + ridge @ weights
        bend = (values * (chance * (1 - chance) + 1e-6)[:, None]).T @ values + ridge
        weights = weights - np.linalg.solve(bend, slope)
    return weights


def _replaced(model: SceneModel, **changes: object) -> SceneModel:
    return msgspec.structs.replace(model, **changes)


def _plain(model: SceneModel) -> dict[str, object]:
    return {name: getattr(model, name) for name in model.__struct_fields__}


if __name__ == "__main__":
    main()
