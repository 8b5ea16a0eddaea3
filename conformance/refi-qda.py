"""Reads the project with pyrefiqda, whose classes are made of the standard's schema: selections cover their words, every reference leads somewhere."""

import importlib.metadata
import json
import sys
import tempfile
import zipfile
from pathlib import Path

try:
    from pyrefiqda import RefiCodebook, RefiProject
except ImportError:
    print("pyrefiqda is not installed")
    sys.exit(77)

folder = Path(sys.argv[1])
manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
told = manifest["counts"]
extracted = tempfile.mkdtemp()
assert zipfile.ZipFile(folder / "project.qdpx").testzip() is None
project = RefiProject.load(folder / "project.qdpx", extract_dir=extracted)
codebook = RefiCodebook.load(folder / "codebook.qdc")


def codes(list_):
    for code in list_ or []:
        yield code
        yield from codes(code.code)


known = {code.guid: code for code in codes(project.code_book.codes.code)}
assert [(code.guid, code.name) for code in codes(codebook.codes.code)] == [(code.guid, code.name) for code in known.values()]
assert len({code.name.lower() for code in known.values()}) == len(known), "names of codes come twice"

guids = set(known)


def new(guid):
    assert guid not in guids, f"{guid} comes twice"
    guids.add(guid)


for user in project.users.user if project.users else []:
    new(user.guid)
users = set(guids) - set(known)
notes = {note.guid: note for note in (project.notes.note if project.notes else [])}
for note in notes.values():
    new(note.guid)
    assert note.plain_text_content is not None and note.creating_user in users, note.guid
selections = 0
for source in project.sources.text_source if project.sources else []:
    new(source.guid)
    text = RefiProject.resolve_source_path(source.plain_text_path, extracted).read_bytes().decode("utf-8")
    for selection in source.plain_text_selection:
        new(selection.guid)
        selections += 1
        assert 0 <= selection.start_position < selection.end_position <= len(text), selection.guid
        covered = " ".join(text[selection.start_position : selection.end_position].split())
        shown = " ".join(selection.name.removesuffix("…").split())
        assert "\ufffd" in shown or "\ufeff" in covered or covered.startswith(shown), (selection.guid, covered, shown)
        assert selection.creating_user in users, selection.guid
        assert selection.coding, selection.guid
        for coding in selection.coding:
            new(coding.guid)
            assert known[coding.code_ref.target_guid].is_codable, coding.guid
        for reference in selection.note_ref:
            assert reference.target_guid in notes, reference
for case in project.cases.case if project.cases else []:
    new(case.guid)
    for reference in case.selection_ref:
        assert reference.target_guid in guids, (case.name, reference)
links = project.links.link if project.links else []
for link in links:
    new(link.guid)
    assert link.origin_guid in guids and link.target_guid in guids, link.guid
    for reference in link.note_ref:
        assert reference.target_guid in notes, reference
assert selections >= told["annotations"] + told["mentions"], (selections, told)
related = sum(1 for link in links if link.note_ref)
assert related == told["relations"] + told["cross_document_relations"], (related, told)
version = importlib.metadata.version("pyrefiqda")
print(f"pyrefiqda {version}: {told['documents']} sources, {len(known)} codes, {selections} selections, {len(links)} links, {len(notes)} notes")
