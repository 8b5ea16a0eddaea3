"""Has doccano itself import the labels and each annotator's file into a project, and compares what is in its database then."""

import importlib.util
import json
import os
import sys
import tempfile
import zipfile
from importlib.metadata import version
from pathlib import Path

folder = Path(sys.argv[1]).resolve()
paths = sorted(folder.glob("annotators/*.jsonl")) + sorted(folder.glob("unannotated.jsonl"))

# What doccano does not say when it is wrong: it skips such lines, spans and relations in silence.
spans, ties, columns = 0, 0, set()
for path in paths:
    # Each line is ASCII, so that its guess of the encoding cannot be wrong.
    for line in path.read_bytes().decode("ascii").splitlines():
        row = json.loads(line)
        columns.add(tuple(row))
        assert row["text"], path
        ids = [entity["id"] for entity in row["entities"]]
        assert len(set(ids)) == len(ids)
        for entity in row["entities"]:
            assert 0 <= entity["start_offset"] < entity["end_offset"] <= len(row["text"]), entity
            assert 0 < len(entity["label"]) <= 100, entity
        for relation in row["relations"]:
            assert relation["from_id"] in ids and relation["to_id"] in ids and relation["type"], relation
        spans += len(ids)
        ties += len(row["relations"])
assert len(columns) <= 1, "a line lacks a column of another, which doccano would fill with NaN"

if importlib.util.find_spec("backend") is None or importlib.util.find_spec("django") is None:
    print("doccano is not installed")
    sys.exit(77)

place = tempfile.TemporaryDirectory()
os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings.development"
os.environ["DATABASE_URL"] = f"sqlite:///{place.name}/db.sqlite3"
sys.path.insert(0, str(Path(importlib.util.find_spec("backend").origin).parent))
os.chdir(place.name)

import django  # noqa: E402
from django.conf import settings  # noqa: E402

settings.MIGRATION_MODULES = type("None", (), {"__contains__": lambda *_: True, "__getitem__": lambda *_: None})()
settings.LOGGING_CONFIG = None
django.setup()

from django.core.management import call_command  # noqa: E402

call_command("migrate", run_syncdb=True, verbosity=0)

from data_import.datasets import load_dataset  # noqa: E402
from data_import.pipeline.catalog import RELATION_EXTRACTION, create_file_format  # noqa: E402
from data_import.pipeline.readers import FileName  # noqa: E402
from django.contrib.auth.models import User  # noqa: E402
from label_types.models import RelationType, SpanType  # noqa: E402
from label_types.serializers import RelationTypeSerializer, SpanTypeSerializer  # noqa: E402
from labels.models import Relation, Span  # noqa: E402
from projects.models import SequenceLabelingProject  # noqa: E402

user = User.objects.create(username="analyst")
found = 0
for path in paths:
    project = SequenceLabelingProject.objects.create(
        name=path.stem, project_type="SequenceLabeling", created_by=user, allow_overlapping=True, use_relation=True
    )
    for name, serializer_class, types in (
        ("span_labels.json", SpanTypeSerializer, SpanType),
        ("relation_labels.json", RelationTypeSerializer, RelationType),
    ):
        labels = json.loads((folder / name).read_text(encoding="utf-8"))
        # Its serializer looks for keys that are taken through the web request that there is none of here.
        keys = [label["suffix_key"] for label in labels if label["suffix_key"]]
        assert len(set(keys)) == len(keys), keys
        serializer = serializer_class(data=[{**label, "suffix_key": None} for label in labels], many=True)
        serializer.is_valid(raise_exception=True)
        serializer.save(project_id=project.id)
    before = SpanType.objects.count(), RelationType.objects.count()
    files = [FileName(full_path=str(path), generated_name=path.name, upload_name=path.name)]
    dataset = load_dataset(RELATION_EXTRACTION, create_file_format("JSONL"), files, project, encoding="Auto")
    dataset.save(user)
    assert not dataset.errors, [error.dict() for error in dataset.errors]
    # It makes a type of every label that it does not know.
    assert (SpanType.objects.count(), RelationType.objects.count()) == before, "a label was not in the files of labels"
    rows = [json.loads(line) for line in path.read_text(encoding="ascii").splitlines()]
    for row, example in zip(rows, project.examples.order_by("id"), strict=True):
        assert example.text == row["text"]
        assert example.meta["doc_id"] == row["doc_id"] and example.meta["label_key"] == row["label_key"], example.meta
        wanted = sorted((one["start_offset"], one["end_offset"], one["label"]) for one in row["entities"])
        assert sorted((one.start_offset, one.end_offset, one.label.text) for one in Span.objects.filter(example=example)) == wanted
        place_of = {one["id"]: (one["start_offset"], one["end_offset"], one["label"]) for one in row["entities"]}
        end = lambda one: (one.start_offset, one.end_offset, one.label.text)  # noqa: E731
        wanted = sorted((place_of[one["from_id"]], place_of[one["to_id"]], one["type"]) for one in row["relations"])
        assert sorted((end(one.from_id), end(one.to_id), one.type.text) for one in Relation.objects.filter(example=example)) == wanted
        found += 1
assert (Span.objects.count(), Relation.objects.count()) == (spans, ties)

# And out again, as its users get it.
from data_export.celery_tasks import export_dataset  # noqa: E402

settings.MEDIA_ROOT = place.name
spot = lambda one: (one["start_offset"], one["end_offset"], one["label"])  # noqa: E731
for path, project in zip(paths, SequenceLabelingProject.objects.order_by("id"), strict=True):
    SequenceLabelingProject.objects.filter(id=project.id).update(collaborative_annotation=True)
    with zipfile.ZipFile(export_dataset(project.id, "JSONL")) as archive:
        exported = [json.loads(line) for line in archive.read("all.jsonl").decode("utf-8").split("\n") if line]
    rows = [json.loads(line) for line in path.read_text(encoding="ascii").splitlines()]
    for row, back in zip(rows, sorted(exported, key=lambda one: one["id"]), strict=True):
        assert {**back, **{name: row[name] for name in ("entities", "relations")}, "id": 0, "Comments": 0} == {**row, "id": 0, "Comments": 0}
        assert sorted(map(spot, back["entities"])) == sorted(map(spot, row["entities"]))
        assert len(back["relations"]) == len(row["relations"])
print(f"doccano {version('doccano')}: {found} documents, {spans} spans, {ties} relations, in and out again")
