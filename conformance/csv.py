"""Reads the CSV tables with frictionless (datapackage.json, types, keys), pandas and DuckDB: every cell, every span."""

import sys
from pathlib import Path

# Checks here have the names of packages.
sys.path = [place for place in sys.path if Path(place or ".").resolve() != Path(__file__).resolve().parent]

import csv
import json

try:
    import duckdb
    import frictionless
    import pandas
except ImportError as error:
    print(f"{error.name} is not installed")
    sys.exit(77)

folder = Path(sys.argv[1])
manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
with_text = manifest["text"] == "included"
report = frictionless.Package(str(folder / "datapackage.json")).validate()
faults = report.flatten(["name", "rowNumber", "fieldName", "type", "note"])
assert report.valid, faults[:5]
assert report.stats["tasks"] == 14, report.stats

tables = {}
csv.field_size_limit(10**9)
for path in sorted(folder.glob("*.csv")):
    if path.name.endswith(".excel.csv"):
        assert path.read_bytes().startswith(b"\xef\xbb\xbf"), path.name
        continue
    with open(path, encoding="utf-8", newline="") as file:
        exact = list(csv.reader(file, strict=True))
    frame = pandas.read_csv(path, dtype=str, keep_default_na=False)
    assert [list(frame.columns), *frame.values.tolist()] == exact, path.name
    name = str(path).replace("'", "''")
    rows = duckdb.sql(f"select count(*) from read_csv('{name}', all_varchar = true, header = true, delim = ',', quote = '\"', max_line_size = 100000000)").fetchall()
    assert rows == [(len(frame),)], (path.name, rows, len(frame))
    guarded = pandas.read_csv(folder / f"{path.stem}.excel.csv", dtype=str, keep_default_na=False)
    assert guarded.shape == frame.shape and list(guarded.columns) == list(frame.columns), path.name
    tables[path.stem] = frame

texts = dict(zip(tables["documents"]["doc_id"], tables["documents"]["text"]))
spans = 0
for name in ("annotations", "mentions"):
    for row in tables[name].itertuples():
        assert (texts[row.doc_id][int(row.start) : int(row.end)] if with_text else "") == row.text, row
        spans += 1
print(
    f"frictionless {frictionless.__version__}, pandas {pandas.__version__}, DuckDB {duckdb.__version__}: "
    f"{len(tables)} tables, {sum(len(table) for table in tables.values())} rows, {spans} spans"
)
