"""Make the shipped lexicon from a list of words: `python -m bench.lexicon DICT [--least N]`.

DICT is jieba's dict.txt (package jieba 0.42.1, MIT): a word, how often it was seen, and its kind on each line.
"""

import argparse
import sys
from math import log
from pathlib import Path

import numpy as np

from backend.intake.items import features, lexicon


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("dictionary", type=Path)
    parser.add_argument("--least", type=int, default=5, help="leave out words that were seen less often")
    parser.add_argument("--out", type=Path, default=lexicon.FILE)
    arguments = parser.parse_args()
    lines = [line.split(" ") for line in arguments.dictionary.read_text("utf-8").splitlines()]
    total = log(sum(int(line[1]) for line in lines))
    found: dict[int, float] = {}
    for word, seen, *_ in lines:
        said = features.plain(word)
        if 0 < len(said) <= lexicon.LONGEST_WORD and int(seen) >= arguments.least:
            found |= {
                number: log(int(seen)) - total for number in features.runs_of(said)[len(said) - 1].numbers.tolist()
            }
    numbers = np.array(sorted(found), np.uint64)
    commonness = np.array([found[number] for number in numbers.tolist()], np.float32)
    checksum = lexicon.write(arguments.out, lexicon.Lexicon(numbers, commonness, -total))
    sys.stdout.write(f"{len(found)} words, sha256 {checksum}\n")


if __name__ == "__main__":
    main()
