"""Reads a JSONL dataset with Python's own json and jsonschema: every line, every span, every reference, every digest."""

import hashlib
import json
import sys
from pathlib import Path

try:
    import jsonschema
except ImportError:
    print("jsonschema is not installed")
    sys.exit(77)

folder = Path(sys.argv[1])
manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
for entry in manifest["files"]:
    content = (folder / entry["path"]).read_bytes()
    assert len(content) == entry["bytes"], entry["path"]
    assert hashlib.sha256(content).hexdigest() == entry["sha256"], entry["path"]

schema = json.loads((folder / "schema/document-1.0.schema.json").read_text(encoding="utf-8"))
validator = jsonschema.Draft202012Validator(schema)
documents = [json.loads(line) for line in (folder / "documents.jsonl").read_text(encoding="utf-8").splitlines()]
spans = 0
for document in documents:
    validator.validate(document)
    text = document["text"]
    assert len(text) == document["length"], document["doc_id"]
    ids = {annotation["id"] for annotation in document["annotations"]}
    for annotation in document["annotations"]:
        for span in annotation["spans"]:
            assert text[span["start"] : span["end"]] == span["text"], (document["doc_id"], annotation["id"])
            spans += 1
        for arg in annotation["args"]:
            assert arg.get("annotation") is None or arg["annotation"] in ids, (annotation["id"], arg)
print(f"jsonschema {jsonschema.__version__}: {len(documents)} documents, {spans} spans")
