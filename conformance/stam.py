"""Loads the project's store with the stam library, with all stores that it includes: every annotation, its words, its data and its ends."""

import hashlib
import json
import sys
from importlib.metadata import version
from pathlib import Path

try:
    import stam
except ImportError:
    print("stam is not installed")
    sys.exit(77)

folder = Path(sys.argv[1]).resolve()
paths = [folder / "project.store.stam.json", *sorted(folder.glob("stores/*.store.stam.json"))]
store = stam.AnnotationStore(file=str(paths[0]))
written = [node for path in paths for node in json.loads(path.read_text(encoding="utf-8"))["annotations"]]
assert store.annotations_len() == len(written), (store.annotations_len(), len(written))
texts = {path.stem: path.read_bytes().decode("utf-8") for path in folder.glob("texts/*.txt")}
assert store.resources_len() == len(texts)
for resource in store.resources():
    assert resource.text() == texts[resource.id()], resource.id()


def plain(value):
    """A DataValue as Python has it."""
    return [plain(one) for one in value["value"]] if value["@type"] == "List" else value["value"]


def told(value):
    """A value to compare: the library's reader of JSON is off by the last bit of some numbers."""
    return f"{value:.12g}" if isinstance(value, float) else repr(value)


selections, ties, values = 0, 0, 0
for node in written:
    annotation = store.annotation(node["@id"])
    wanted = sorted((one["set"], one["key"], told(plain(one["value"]))) for one in node["data"] if one["value"]["@type"] != "Datetime")
    found = [(one.dataset().id(), one.key().id(), one.value().get()) for one in annotation.data()]
    assert len(found) == len(node["data"]), node["@id"]
    assert sorted((a, b, told(c)) for a, b, c in found if b not in ("created", "modified", "completed")) == wanted, node["@id"]
    values += len(found)
    target = node["target"]
    if target["@type"] in ("TextSelector", "CompositeSelector"):
        parts = target.get("selectors", [target])
        places = [(part["resource"], part["offset"]["begin"]["value"], part["offset"]["end"]["value"]) for part in parts]
        assert [(one.resource().id(), one.begin(), one.end()) for one in annotation.textselections()] == places, node["@id"]
        assert annotation.text() == [texts[name][begin:end] for name, begin, end in places], node["@id"]
        selections += len(places)
    elif target["@type"] == "DirectionalSelector":
        ends = {part["annotation"] for part in target["selectors"]}
        assert {one.id() for one in annotation.annotations_in_targets()} == ends, node["@id"]
        ties += 1
# What the manifest tells is what the library finds by key, and every text is the one that was annotated.
counts = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))["counts"]
records, documents = store.dataset("pressmark"), store.dataset("document")
number = lambda key: sum(1 for _ in store.annotations(records.key(key)))  # noqa: E731
assert number("layer") == counts["annotations"] + counts["mentions"], counts
assert number("rejected") == counts["rejected"] and number("completed") <= len(texts) * counts["annotators"], counts
assert number("relation") == counts["relations"] + counts["cross_document_relations"], counts
for annotation in store.annotations(documents.key("text_sha256")):
    resource = annotation.target().resource(store)
    facts = {one.key().id(): one.value().get() for one in annotation.data()}
    assert hashlib.sha256(resource.text().encode("utf-8")).hexdigest() == facts["text_sha256"], resource.id()
    assert len(resource.text()) == facts["length"], resource.id()
words = f"{len(written)} annotations in {len(paths)} stores, {selections} text selections, {ties} ties, {values} values"
print(f"stam {version('stam')}: {words}")
