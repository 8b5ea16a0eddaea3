"""Reads the tasks with Label Studio's own SDK: the labelling interface is valid, every annotation fits it, every region covers its words."""

import json
import sys
from pathlib import Path
from xml.etree import ElementTree

try:
    import label_studio_sdk
    from label_studio_sdk.label_interface import LabelInterface
except ImportError:
    print("label-studio-sdk is not installed")
    sys.exit(77)

folder = Path(sys.argv[1])
config = (folder / "config.xml").read_text(encoding="utf-8")
interface = LabelInterface(config)
interface.validate()
relations = {tag.get("value") for tag in ElementTree.fromstring(config).iter("Relation")}

tasks, annotations, regions, ties = 0, 0, 0, 0
for path in sorted(folder.glob("tasks*.json")):
    for task in json.loads(path.read_text(encoding="utf-8")):
        tasks += 1
        text = task["data"]["text"]
        assert len(text) == task["data"]["length"], task["data"]["doc_id"]
        assert "completed_by" not in json.dumps(task), "an unknown user would stop the import"
        for annotation in task["annotations"]:
            annotations += 1
            # Of an annotation it says only whether it is valid; the same check on a prediction says why not.
            assert interface.validate_annotation(annotation), interface.validate_prediction(annotation, return_errors=True)
            pairs = set()
            for result in annotation["result"]:
                if result["type"] == "relation":
                    ties += 1
                    # A second relation between the same regions stops the editor.
                    pair = (result["from_id"], result["to_id"])
                    assert pair not in pairs, pair
                    pairs.add(pair)
                    assert result["labels"] and set(result["labels"]) <= relations, result
                elif result["type"] == "labels":
                    regions += 1
                    value = result["value"]
                    assert text[value["start"] : value["end"]] == value["text"], result
print(f"label-studio-sdk {label_studio_sdk.__version__}: {tasks} tasks, {annotations} annotations, {regions} regions, {ties} relations")
