"""What a person must put right before we can go on: said in plain words, without a traceback."""


class Trouble(Exception):
    """The reason, in English and Chinese, and the lines that help: a command to type, the end of a log."""

    def __init__(self, en: str, zh: str, help_lines: list[str] | None = None) -> None:
        super().__init__(en)
        self.en = en
        self.zh = zh
        self.help_lines = help_lines or []
