"""Reads each CAS with dkpro-cassis, from JSON and from XMI: both say the same, tokens and annotations are where the text has them."""

import hashlib
import importlib.metadata
import json
import sys
import warnings
from pathlib import Path

try:
    import cassis
except ImportError:
    print("dkpro-cassis is not installed")
    sys.exit(77)

warnings.simplefilter("ignore")
folder = Path(sys.argv[1])
manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
lost = {loss["kind"]: loss["count"] for loss in manifest["losses"]}
with open(folder / "TypeSystem.xml", "rb") as file:
    types = cassis.load_typesystem(file)

TOKEN = "de.tudarmstadt.ukp.dkpro.core.api.segmentation.type.Token"
SENTENCE = "de.tudarmstadt.ukp.dkpro.core.api.segmentation.type.Sentence"


def in_xml(text):
    return "".join("\ufffd" if char in "\ufffe\uffff" or (ord(char) < 32 and char not in "\t\n\r") else char for char in text)


def said(value):
    """A value as both forms can be compared by it: what is referred to by its id, texts as XML can hold them."""
    if value is None or isinstance(value, (bool, int, float)):
        return value
    if isinstance(value, str):
        return in_xml(value)
    if isinstance(value, list):
        return [said(item) for item in value]
    elements = getattr(value, "elements", None)
    return said(elements) if isinstance(elements, list) else ("object", value.xmiID)


def features(annotation, type_):
    return {name: said(annotation[name]) for name in (one.name for one in type_.all_features) if name not in ("sofa",)}


counts = {"annotations": 0, "mentions": 0, "rejected": 0, "relations": 0}
files = 0
documents = set()
for path in sorted(folder.glob("*/*.json")):
    with open(path, "rb") as file:
        cas = cassis.load_cas_from_json(file)
    with open(path.with_suffix(".xmi"), "rb") as file:
        xmi = cassis.load_cas_from_xmi(file, typesystem=types)
    files += 1
    text = cas.sofa_string
    assert xmi.sofa_string == in_xml(text), path
    both = [{one.xmiID: (one.type.name, features(one, one.type)) for one in each.select_all()} for each in (cas, xmi)]
    assert both[0].keys() == both[1].keys(), path
    for key in both[0]:
        assert both[0][key] == both[1][key], (path, both[0][key], both[1][key])

    [article] = cas.select("pressmark.Article")
    documents.add(article.doc_id)
    assert hashlib.sha256(text.encode("utf-8")).hexdigest() == article.text_sha256 or "0" * 64 == article.text_sha256, path
    assert path.parent.name == article.doc_id and path.stem in (article.annotator, "INITIAL_CAS"), path

    # Tokens hold all but white space, so an offset in another unit than UTF-16 would show here; nothing cuts them.
    spaces = " \t\n\u0085\ufeff"
    bounds, end = set(), 0
    for token in cas.select(TOKEN):
        assert token.begin >= end and not any(char.isspace() and char in spaces for char in token.get_covered_text()), (path, token)
        assert all(char.isspace() or char in spaces for char in text[end : token.begin]), (path, token)
        bounds |= {token.begin, token.end}
        end = token.end
    assert all(char.isspace() or char in spaces for char in text[end:]), path
    pieces = {}
    for annotation in cas.select_all():
        name = annotation.type.name
        if not name.startswith("pressmark.") or name in ("pressmark.Article", "pressmark.EntityReference"):
            continue
        assert 0 <= annotation.begin < annotation.end <= len(text), (path, annotation)
        for offset in (annotation.begin, annotation.end):
            near = text[max(0, offset - 1) : offset + 1]
            assert offset in bounds or any(char.isspace() or char in spaces for char in near), (path, name, offset)
        if name.startswith("pressmark.relation."):
            counts["relations"] += 1
            assert annotation.Governor.id and annotation.Dependent.id, (path, annotation.id)
        elif name.startswith("pressmark.layer."):
            counts["annotations"] += 1
            for link in annotation.roles.elements if annotation.roles else []:
                assert link.role and link.target is not None, (path, annotation.id)
        elif name in ("pressmark.Mention", "pressmark.Rejected"):
            counts["mentions" if name.endswith("Mention") else "rejected"] += 1
        for link in getattr(getattr(annotation, "parts", None), "elements", None) or []:
            assert link.target.annotation_id == annotation.id, (path, annotation.id)
            assert link.target.begin > annotation.end, (path, annotation.id)
    # What cassis writes of it, it reads again.
    again = cassis.load_cas_from_json(cas.to_json())
    assert len(list(again.select_all())) == len(both[0]), path

told = manifest["counts"]
expected = {name: told[name] for name in counts}
expected["relations"] -= lost.get("relations to an annotation of another annotator", 0)
assert counts == expected, (counts, expected)
assert len(documents) == told["documents"], (documents, told)
version = importlib.metadata.version("dkpro-cassis")
print(f"dkpro-cassis {version}: {files} CAS as JSON and XMI, {counts['annotations']} annotations, {counts['relations']} relations")
