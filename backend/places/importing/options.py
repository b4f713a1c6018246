"""What an import may be told, as the command line says it."""

import argparse
from collections.abc import Callable
from pathlib import Path

import msgspec

from backend.geo.datum import Datum
from backend.places.importing.reasons import FileRefused
from backend.places.kinds import PlaceKind


class ImportOptions(msgspec.Struct, frozen=True, kw_only=True):
    path: Path
    errors_path: Path
    dataset: str
    """The name under which a source's keys are kept; the same file again must come with the same name."""
    datum: Datum | None = None
    columns: dict[str, str] = {}
    """Ours = theirs, where the usual names are not used."""
    kind: PlaceKind | None = None
    codes_path: Path | None = None
    within: str = ""
    say: Callable[[str], object] = lambda line: None
    """Hears the progress lines."""


def add_arguments(parser: argparse.ArgumentParser, what: str) -> None:
    """Add the arguments of `import areas` or `import places` to a parser."""
    parser.add_argument("file", type=Path, help="GeoJSON, CSV, Excel or KML / GeoJSON、CSV、Excel 或 KML 文件")
    parser.add_argument("--datum", choices=[datum.value for datum in Datum], help="datum of the coordinates / 坐标系")
    parser.add_argument("--columns", default="", metavar="OURS=THEIRS,…", help="column names / 列名对应")
    parser.add_argument("--within", default="", metavar="AREA", help="area code to keep to / 限定区域编码")
    parser.add_argument("--errors", type=Path, metavar="FILE", help="where bad rows go / 错误行文件 (FILE.errors.csv)")
    if what == "places":
        parser.add_argument("--dataset", help="name of the source / 数据集名称 (the file's name)")
        parser.add_argument("--kind", choices=[kind.value for kind in PlaceKind], help="kind of every row / 统一类型")
    else:
        parser.add_argument("--codes", type=Path, metavar="FILE", help="CSV of code,name / 编码表")


def from_arguments(arguments: argparse.Namespace, say: Callable[[str], object]) -> ImportOptions:
    """Read what the parser found. Raises FileRefused when --columns is not OURS=THEIRS pairs."""
    given = vars(arguments)
    path: Path = arguments.file
    return ImportOptions(
        path=path,
        errors_path=arguments.errors or path.with_name(path.name + ".errors.csv"),
        dataset=given.get("dataset") or path.stem,
        datum=Datum(arguments.datum) if arguments.datum else None,
        columns=read_columns(arguments.columns),
        kind=PlaceKind(given["kind"]) if given.get("kind") else None,
        codes_path=given.get("codes"),
        within=arguments.within,
        say=say,
    )


def read_columns(text: str) -> dict[str, str]:
    """Ours = theirs, as people type it. Raises FileRefused."""
    pairs = [pair.partition("=") for pair in text.split(",") if pair.strip()]
    if not all(ours.strip() and theirs.strip() for ours, _, theirs in pairs):
        raise FileRefused("columns-malformed")
    return {ours.strip(): theirs.strip() for ours, _, theirs in pairs}
