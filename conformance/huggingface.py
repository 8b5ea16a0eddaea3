"""Loads a Hugging Face folder with datasets, pyarrow, pandas and DuckDB: every configuration and split, every label, every span."""

import json
import re
import sys
from pathlib import Path

# Checks here have the names of packages.
sys.path = [place for place in sys.path if Path(place or ".").resolve() != Path(__file__).resolve().parent]

try:
    import datasets
    import duckdb
    import pandas
    import pyarrow.parquet
    from huggingface_hub import DatasetCard
except ImportError as error:
    print(f"{error.name} is not installed")
    sys.exit(77)

datasets.disable_progress_bars()
folder = Path(sys.argv[1])
manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
with_text = manifest["text"] == "included"
card = DatasetCard.load(folder / "README.md").data.to_dict()
assert card["pretty_name"] == manifest["project"]["name"], card["pretty_name"]
configs = [config["config_name"] for config in card["configs"]]
assert datasets.get_dataset_config_names(str(folder)) == configs or not configs, configs


def spans_of(record):
    """Every span with its words below a value of a row."""
    if isinstance(record, dict):
        if record.get("start") is not None and "end" in record:
            yield record
        for value in record.values():
            yield from spans_of(value)
    elif isinstance(record, list):
        for value in record:
            yield from spans_of(value)


def labels_of(feature, at=""):
    """Every class label in the features of a configuration, by its place."""
    if isinstance(feature, datasets.ClassLabel):
        yield at, feature.names
    elif isinstance(feature, datasets.List):
        yield from labels_of(feature.feature, at)
    elif isinstance(feature, dict):
        for name, value in feature.items():
            yield from labels_of(value, f"{at}.{name}")


rows = {config: datasets.load_dataset(str(folder), config) for config in configs}
for config in configs:
    if config != "documents":
        told = sum(entry["rows"] for entry in manifest["files"] if entry["path"].startswith(f"{config}/"))
        counted = manifest["counts"]["cross_document_relations" if config == "relations" else config]
        assert rows[config]["train"].num_rows == told == counted, config

spans = 0
documents = 0
if "documents" in configs:
    loaded = rows["documents"]
    assert sum(part.num_rows for part in loaded.values()) == manifest["counts"]["documents"]
    labels = dict(labels_of(dict(next(iter(loaded.values())).features)))
    assert labels, "no class label was restored"
    for layer in manifest["layers"]:
        assert any(at.startswith(f".{layer['id']}") for at in labels), layer["id"]
    layers = [layer["id"] for layer in manifest["layers"]]
    annotations = mentions = rejected = relations = 0
    for split, part in loaded.items():
        for row in part:
            documents += 1
            text = row["text"]
            assert (text is not None) == with_text
            if with_text:
                assert len(text) == row["length"], row["doc_id"]
            for span in spans_of(row):
                assert 0 <= span["start"] < span["end"] <= row["length"], row["doc_id"]
                assert span["text"] == (text[span["start"] : span["end"]] if with_text else None), (row["doc_id"], span)
                spans += 1
            annotations += sum(len(row[name]) for name in layers if name in row)
            mentions += len(row["mentions"])
            rejected += len(row["rejected"])
            relations += len(row["relations"])
    told = manifest["counts"]
    assert (mentions, rejected, relations) == (told["mentions"], told["rejected"], told["relations"])
    assert annotations == told["annotations"] or any(name not in row for name in layers)

    # The files by themselves, without the card.
    for path in sorted((folder / "data").glob("*.parquet")):
        table = pyarrow.parquet.read_table(path)
        table.validate(full=True)
        alone = datasets.load_dataset("parquet", data_files=str(path))["train"]
        assert dict(labels_of(dict(alone.features))) == labels, "the labels of the file are not those of the card"
        frame = pandas.read_parquet(path)
        assert list(frame["doc_id"]) == [row["doc_id"] for row in table.to_pylist()]
        if with_text:
            assert [len(text) for text in frame["text"]] == list(frame["length"])
        name = str(path).replace("'", "''")
        ((count, length),) = duckdb.sql(f"select count(*), sum(length) from '{name}'").fetchall()
        assert (count, length) == (table.num_rows, frame["length"].sum())
        for layer in layers:
            ((total,),) = duckdb.sql(f"select sum(len(\"{layer}\")) from '{name}'").fetchall()
            assert total == sum(len(value) for value in frame[layer]), layer

    if with_text:
        (example,) = re.findall(r"^```python\n(.*?)^```", (folder / "README.md").read_text(encoding="utf-8"), re.S | re.M)
        exec(example.replace('"path/to/this/folder"', repr(str(folder))), {"print": lambda *_: None})

versions = f"datasets {datasets.__version__}, pyarrow {pyarrow.__version__}, pandas {pandas.__version__}, DuckDB {duckdb.__version__}"
print(f"{versions}: {', '.join(configs)}; {documents} documents, {spans} spans")
