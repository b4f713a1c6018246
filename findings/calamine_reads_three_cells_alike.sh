#!/bin/sh
# python-calamine 0.9.1: a formula that was never worked out, an error and an empty cell all read as ''.
#
# Expected: a cell with something in it can be told from one without. A reader that gives saved values has none for a
#   formula that a program wrote (openpyxl saves the formula alone), and says so: None, an error, or a list of formulas.
# Seen: '' for the formula, '' for #N/A and '' for the empty cell, from to_python() and iter_rows() alike; the sheet has
#   no other way to ask. A column of amounts that a program filled with formulas is imported as a column of nothing, and
#   no row says why. openpyxl gives None for formula and empty cell, too, but the text '#N/A'; its second way of loading
#   (data_only=False) tells the formula. Whoever imports with calamine alone looks into the sheet's XML for <f>.
set -eu
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check python-calamine==0.9.1 openpyxl==3.1.5
"$folder/venv/bin/python" - "$folder/book.xlsx" <<'PY'
import sys

import openpyxl
from python_calamine import CalamineWorkbook

book = openpyxl.Workbook()
book.active.append(["formula", "error", "empty", "amount"])
book.active.append(["=D2*2", "#N/A", None, 21])
assert book.active["B2"].data_type == "e"
book.save(sys.argv[1])

sheet = CalamineWorkbook.from_path(sys.argv[1]).get_sheet_by_index(0)
whole, by_row = sheet.to_python()[1], list(sheet.iter_rows())[1]
asked = [name for name in dir(sheet) if not name.startswith("_")]
saved = [cell.value for cell in openpyxl.load_workbook(sys.argv[1], data_only=True).active[2]]
typed = [cell.value for cell in openpyxl.load_workbook(sys.argv[1]).active[2]]
print("calamine, to_python:", whole)
print("calamine, iter_rows:", by_row)
print("what a sheet can be asked:", asked)
print("openpyxl, saved values:", saved)
print("openpyxl, as typed:", typed)
assert whole == by_row == ["", "", "", 21.0], "changed"
assert not [name for name in asked if "formula" in name or "error" in name], "changed: a sheet tells its formulas"
assert saved == [None, "#N/A", None, 21]
assert typed[0] == "=D2*2"
PY
