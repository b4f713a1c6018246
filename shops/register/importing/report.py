"""What came of an import of shops: counts by reason, for the person who ran it."""

from collections import Counter
from enum import StrEnum

from shops.register.importing.loader import ShopBatch
from shops.register.importing.reasons import ShopRowNote, in_words


class ShopImportReport:
    """Counts of one import; the rows that stayed out stand in the errors file."""

    def __init__(self) -> None:
        self.read = 0
        self.new = 0
        self.changed = 0
        self.unchanged = 0
        self.rejected: Counter[StrEnum] = Counter()
        self.notes: Counter[StrEnum] = Counter()
        """What was imported all the same, for somebody to look at."""
        self.unused: list[str] = []
        self.seconds = 0.0

    @property
    def is_all_rejected(self) -> bool:
        return 0 < self.read == self.rejected.total()

    def count(self, batch: ShopBatch) -> None:
        self.new += batch.new
        self.changed += batch.changed
        self.unchanged += batch.unchanged
        self.notes.update(ShopRowNote(warning) for warning in batch.warned)

    def lines(self) -> list[str]:
        """The summary, in both languages."""
        counted = [*self.rejected.most_common(), *self.notes.most_common()]
        return [
            f"读取 / read {self.read}, 新增 / new {self.new}, 更新 / changed {self.changed}, "
            f"未变 / unchanged {self.unchanged}, 未导入 / rejected {self.rejected.total()}, {self.seconds:.1f} s",
            *(f"  {count:>7} {code}: {in_words(code)}" for code, count in counted),
            *([f"  未使用的列 / columns not used: {', '.join(self.unused)}"] if self.unused else []),
            *(["  全部未导入,没有任何改动 / every row was rejected: nothing was changed"] * self.is_all_rejected),
        ]
