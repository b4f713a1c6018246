"""How good and how fast a text becomes an item: `python -m bench.items --cases FILE [--seeds N] [--mixed] [--fast]`.

Figures by nested cross-validation: each text is tried once in every round, by a model whose learners, blend and
probabilities were all fitted without it and without whatever is nearly the same. `--mixed` lets such texts fall on both
sides, as they do between what a town has closed and what comes tomorrow. Files: CSV, plain or gzip, with columns title,
text, label; `--cases` may be said several times. Needs the extra `training`.
"""

import argparse
import json
import statistics
import sys
import time
import zlib
from pathlib import Path

import numpy as np

from backend.intake.items import case_files, suggesting
from backend.intake.items.classifier import Classifier
from backend.intake.items.structs import Case

SHARES = (0.98, 0.9, 0.8)
_SPEED_TEXTS = 300


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=Path, action="append", default=[])
    parser.add_argument("--golden", type=Path, metavar="FILE", help="write what the shipped model says of its texts")
    parser.add_argument("--seeds", type=int, default=3, help="rounds, each with folds of its own")
    parser.add_argument("--folds", type=int, default=5)
    parser.add_argument("--mixed", action="store_true", help="texts that are nearly the same on both sides")
    parser.add_argument("--fast", action="store_true", help="speed alone")
    arguments = parser.parse_args()
    if arguments.golden:
        golden(arguments.golden)
        return
    cases = list({case.text: case for file in arguments.cases for case in case_files.read_cases(file)}.values())
    speed(cases[:_SPEED_TEXTS])
    if not arguments.fast:
        quality(cases, arguments.seeds, arguments.folds, is_mixed=arguments.mixed)


def golden(file: Path) -> None:
    """The probabilities of the texts in a file of golden figures, by the shipped model as it is now."""
    classifier, texts = Classifier.load(suggesting.SHIPPED), json.loads(file.read_text("utf-8"))
    said = {text: [round(each, 9) for each in classifier.probabilities("", text).tolist()] for text in texts}
    file.write_text(json.dumps(said, ensure_ascii=False, indent=2) + "\n", "utf-8")


def speed(cases: list[Case]) -> None:
    """How much time of a core a text takes, beside what zlib takes for 64 KB of them: a ratio holds on any machine."""
    classifier = Classifier.load(suggesting.SHIPPED)
    classifier.suggest("", "the lexicon is read with the first text")
    block = "".join(case.text for case in cases).encode()[: 1 << 16]
    took: dict[str, list[float]] = {"probabilities": [], "suggest": [], "zlib of 64 KB": []}
    for case in cases:
        for name, work in (
            ("probabilities", lambda case=case: classifier.probabilities(case.title, case.text)),
            ("suggest", lambda case=case: classifier.suggest(case.title, case.text)),
            ("zlib of 64 KB", lambda: zlib.compress(block)),
        ):
            began = time.thread_time()
            work()
            took[name].append((time.thread_time() - began) * 1000)
    yardstick = statistics.median(took["zlib of 64 KB"])
    for name, each in took.items():
        p50, p99 = np.quantile(each, (0.5, 0.99))
        _say(f"{name}: p50 {p50:.2f} ms, p99 {p99:.2f} ms, {p50 / yardstick:.2f} and {p99 / yardstick:.2f} × zlib\n")


def quality(cases: list[Case], seeds: int, count: int, *, is_mixed: bool) -> None:
    """Macro-F1, share right at each coverage, and how far confidence is from what is right, round by round."""
    from backend.intake.items.training import figures, service
    from backend.intake.items.training.fitting import cross_validated
    from backend.intake.items.training.folds import folds

    classes = sorted({case.label for case in cases})
    known = service.know(cases, classes)
    alike = len(cases) - len(set(known.groups.tolist()))
    _say(f"{len(cases)} texts, {len(classes)} classes, {alike} nearly the same as another\n")
    if is_mixed:
        known = known._replace(groups=np.arange(len(cases)))
    rounds = []
    for seed in range(seeds):
        found = cross_validated(known, folds(known.labels, known.groups, count, seed), seed)
        by_class = figures.f1(known.labels, found.argmax(axis=1), len(classes))
        tried = [figures.most_confident(found, known.labels, share) for share in SHARES]
        rounds.append([by_class.mean(), *(1 - wrong / seen for seen, wrong in tried),
                       figures.calibration_error(found, known.labels), *by_class])  # fmt: skip
        _say(f"round {seed}: macro-F1 {rounds[-1][0]:.4f}\n")
    named = ["macro-F1", *(f"right at {share:.0%}" for share in SHARES), "calibration error", *classes]
    for name, mean, spread in zip(named, np.mean(rounds, axis=0), np.std(rounds, axis=0), strict=True):
        _say(f"| {name} | {mean:.4f} | ± {spread:.4f} |\n")


def _say(text: str) -> None:
    sys.stdout.write(text)
    sys.stdout.flush()


if __name__ == "__main__":
    main()
