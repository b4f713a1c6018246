"""The vendor's own names, from developers.weixin.qq.com/miniprogram/dev: keys of its files, calls of scripts.

A name is added to vendor.json once it was looked up there: a key with what it does, a call with what it needs declared.
"""

import json
from pathlib import Path

TABLES: dict[str, frozenset[str]] = {
    name: frozenset(words) for name, words in json.loads(Path(__file__).with_name("vendor.json").read_bytes()).items()
}
