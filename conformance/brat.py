"""Reads standoff with a strict parser, written after brat's own (server/src/annotation.py), its configuration after projectconfig.py, and bratly."""

import contextlib
import hashlib
import importlib.metadata
import io
import json
import re
import sys
from pathlib import Path

try:
    from bratly import AttributeAnnotation, EntityAnnotation, NormalizationAnnotation, NoteAnnotation, RelationAnnotation
    from bratly.io import read_and_load_txt_file
except ImportError as error:
    print(f"{error.name} is not installed")
    sys.exit(77)

folder = Path(sys.argv[1])
NAME = re.compile(r"[a-zA-Z0-9_-]+")


def conf(name, expected):
    """The sections of a configuration file as lists of (depth, terms, arguments)."""
    sections, section = {}, None
    for line in (folder / name).read_bytes().decode("utf-8").split("\n"):
        if header := re.fullmatch(r"\s*\[(.*)\]\s*", line):
            section = header[1]
            assert section in expected and section not in sections, (name, section)
            sections[section] = []
        elif line.strip():
            assert not re.match(r"\s*#|\s*-+\s*$", line), (name, line)
            assert set(re.findall(r"<.*?>", line)) <= {"<OVERLAP>", "<ENTITY>", "<OVL-TYPE>", "<ANY>", "<REL-TYPE>"}, line
            indent, terms, arguments = re.fullmatch(r"(\s*)([^\t]+)(?:\t(.*))?", line).groups()
            terms = [term.strip() for term in terms.split("|")]
            assert all(terms), (name, line)
            assert terms[0] == "<OVERLAP>" or NAME.fullmatch(terms[0]), (name, line)
            arguments = [argument.strip() for argument in (arguments or "").split(",") if argument.strip()]
            sections[section].append((len(indent), terms, dict(argument.split(":") for argument in arguments)))
    assert list(sections) == expected, (name, list(sections))
    return sections


annotation_conf = conf("annotation.conf", ["entities", "relations", "events", "attributes"])
visual_conf = conf("visual.conf", ["labels", "drawing"])
depths = [depth for depth, _, _ in annotation_conf["entities"]]
assert depths and depths[0] == 0 and all(b <= a + 1 for a, b in zip(depths, depths[1:])), depths
types = [terms[0] for _, terms, _ in annotation_conf["entities"]]
assert len(set(types)) == len(types), types
relations = [(terms[0], arguments) for _, terms, arguments in annotation_conf["relations"]]
assert ("<OVERLAP>", {"Arg1": "<ENTITY>", "Arg2": "<ENTITY>", "<OVL-TYPE>": "<ANY>"}) in relations
relations = [
    (name, arguments["Arg1"].split("|"), arguments["Arg2"].split("|")) for name, arguments in relations if name != "<OVERLAP>"
]
assert all(set(first) | set(second) <= set(types) for _, first, second in relations)
attributes = {terms[0]: arguments for _, terms, arguments in annotation_conf["attributes"]}
assert len(attributes) == len(annotation_conf["attributes"])
labels = {terms[0] for _, terms, _ in visual_conf["labels"]}
assert set(types) | {name for name, _, _ in relations} | set(attributes) <= labels


def strict(ann, text):
    """All lines by id; each must be what brat takes without a word."""
    content = ann.read_bytes().decode("utf-8", errors="strict")
    lines = content.split("\n")
    assert lines.pop() == "" and content.splitlines() == lines, ann
    found = {}
    for line in lines:
        id_, data, *tail = line.split("\t")
        assert re.fullmatch(r"[TRAN#][1-9][0-9]*", id_) and id_ not in found, (ann, line)
        if id_[0] == "T":
            type_, offsets = re.fullmatch(r"(\S+) (\d+ \d+(?:;\d+ \d+)*)", data).groups()
            spans = [tuple(map(int, pair.split(" "))) for pair in offsets.split(";")]
            assert all(0 <= start < end <= len(text) for start, end in spans), (ann, line)
            assert all(a[1] <= b[0] for a, b in zip(spans, spans[1:])), (ann, line)
            assert tail == [" ".join(text[start:end] for start, end in spans)], (ann, line)
            assert type_ in types, (ann, line)
            found[id_] = (type_, spans)
        elif id_[0] == "R":
            type_, first, second = re.fullmatch(r"(\S+) Arg1:(T\d+) Arg2:(T\d+)", data).groups()
            ends = found[first][0], found[second][0]
            assert not tail and any(type_ == name and ends[0] in a and ends[1] in b for name, a, b in relations), (ann, line, ends)
            found[id_] = (type_, first, second)
        elif id_[0] == "A":
            name, target, value = re.fullmatch(r"(\S+) ([TR]\d+)(?: (\S+))?", data).groups()
            allowed = attributes[name]
            assert not tail and found[target][0] in allowed["Arg"].split("|"), (ann, line)
            assert value in allowed["Value"].split("|") if "Value" in allowed else value is None, (ann, line)
            found[id_] = (name, target, value)
        elif id_[0] == "N":
            assert re.fullmatch(r"Reference T\d+ [^\s:]+:\S+", data) and data.split(" ")[1] in found and len(tail) == 1 and tail[0], (ann, line)
            found[id_] = data
        else:
            name, target = data.split()
            assert NAME.fullmatch(name) and target in found and tail, (ann, line)
            found[id_] = (name, target, "\t".join(tail))
    return found


counts = dict.fromkeys("TRAN#", 0)
files = sorted(folder.rglob("*.ann"))
for ann in files:
    text = ann.with_suffix(".txt").read_bytes().decode("utf-8", errors="strict")
    rest = json.loads(ann.with_suffix(".json").read_bytes())
    assert len(text) == rest["document"]["length"] and "\r" not in text, ann
    assert hashlib.sha256(text.encode("utf-8")).hexdigest() == rest["document"]["text_sha256"], ann
    found = strict(ann, text)
    assert {id_ for id_ in found if id_[0] == "T"} <= set(rest["records"]) <= set(found), ann
    for id_ in found:
        counts[id_[0]] += 1

    said = io.StringIO()
    with contextlib.redirect_stdout(said):
        read = read_and_load_txt_file(
            str(ann.with_suffix(".txt")), str(ann), ann_no_duplicates=False, ann_sorting=False, ann_renumerotize=False
        )
        fits = read.check_ann_compatibility_with_txt()
    assert not said.getvalue() and fits, (ann, said.getvalue())
    kinds = {"T": EntityAnnotation, "R": RelationAnnotation, "A": AttributeAnnotation, "N": NormalizationAnnotation, "#": NoteAnnotation}
    for kind, sort in kinds.items():
        annotations = read.annotation_collections[0].get_annotations(descendant_type=sort)
        assert sorted(one.id for one in annotations) == sorted(id_ for id_ in found if id_[0] == kind), (ann, kind)
    for one in read.annotation_collections[0].get_annotations(descendant_type=EntityAnnotation):
        assert (one.label, [(part.start, part.end) for part in one.fragments]) == found[one.id], (ann, one)

assert files
texts, ties, values, references, notes = counts.values()
print(
    f"strict parser and bratly {importlib.metadata.version('bratly')}: {len(files)} files with {texts} text-bound annotations, "
    f"{ties} relations, {values} attributes, {references} references, {notes} comments"
)
