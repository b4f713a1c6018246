#!/bin/sh
# ImageHash 4.3.2 (phash, 64 bits): the distance of two photos is never odd.
#
# Expected: a Hamming distance of 0 to 64, so that a limit of "at most 7" is looser than "at most 6".
# Seen: each bit says whether a DCT value lies above the median of the 64. With an even number of different values
#   exactly half of them do, so every hash has 32 ones, and two sets of 32 ones differ in an even number of places.
#   A limit of 7 is a limit of 6, one of 1 means "the same", and a curve of rates over limits has steps of two.
#   The difference hash (dhash) has no such law and gives odd distances, too. Flat areas (ties) would break it as well.
set -eu
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check ImageHash==4.3.2 Pillow==12.0.0 numpy==2.3.5 scipy==1.16.3
"$folder/venv/bin/python" - <<'PY'
import itertools

import imagehash
import numpy
from PIL import Image

noise = numpy.random.default_rng(20261127)
pictures = [
    Image.fromarray(noise.integers(0, 256, (9, 12, 3), dtype=numpy.uint8)).resize((640, 480), Image.Resampling.BICUBIC)
    for _ in range(60)
]
p, d = ([hash_of(picture) for picture in pictures] for hash_of in (imagehash.phash, imagehash.dhash))
ones = {int(each.hash.sum()) for each in p}
of_p = {int(a - b) for a, b in itertools.combinations(p, 2)}
of_d = {int(a - b) for a, b in itertools.combinations(d, 2)}
print("ones in 60 phashes:", sorted(ones))
print("distances, phash:", sorted(of_p))
print("distances, dhash:", sorted(of_d))
assert ones == {32}, "changed: a phash without 32 ones"
assert not [each for each in of_p if each % 2], "changed: an odd distance of two phashes"
assert [each for each in of_d if each % 2], "dhash has odd distances"
PY
