"""Reads CoNLL files with seqeval, spaCy's converter and a strict IOB2 reader; the rich tables give back the texts."""

import collections
import hashlib
import importlib.metadata
import json
import sys
import warnings
from pathlib import Path

try:
    from seqeval.metrics import f1_score
    from seqeval.metrics.sequence_labeling import get_entities
    from seqeval.scheme import IOB2, Entities
    from spacy.training.converters import conll_ner_to_docs
except ImportError as error:
    print(f"{error.name} is not installed")
    sys.exit(77)

warnings.simplefilter("ignore")
folder = Path(sys.argv[1])
manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))


def expect_iob2(tags, where):
    before = "O"
    for tag in tags:
        assert tag == "O" or tag[:2] in ("B-", "I-") and len(tag) > 2, (where, tag)
        if tag.startswith("I-"):
            assert before != "O" and before[2:] == tag[2:], f"{where}: {tag} behind {before}"
        before = tag


def strict_layer_file(path):
    """Documents as lists of sentences as lists of (word, tag)."""
    documents, sentence = [], []
    text = path.read_bytes().decode("utf-8", errors="strict")
    assert text.endswith("\n") and "\r" not in text and "\ufeff" not in text[:1], path
    # splitlines ends a line at U+2028 and others too: none of them may be inside one.
    lines = text.split("\n")[:-1]
    assert text.splitlines() == lines, path
    after_start = False
    for line in lines:
        if line == "-DOCSTART- -X- O O":
            assert not sentence, path
            documents.append([])
            after_start = True
        elif line == "":
            assert sentence or after_start, f"{path}: a blank line behind a blank line"
            if sentence:
                documents[-1].append(sentence)
            sentence, after_start = [], False
        else:
            cells = line.split()
            assert len(cells) == 4 and cells == line.split(" ") and cells[1:3] == ["-X-", "O"], (path, line)
            sentence.append((cells[0], cells[3]))
    assert not sentence, path
    return documents


def rich_file(path):
    """The facts, the annotations by id, the columns and the sentences as lists of cells; checks offsets, text and tags."""
    lines = path.read_bytes().decode("utf-8", errors="strict").split("\n")
    assert lines[0].startswith("# global.columns = ID FORM START END ") and lines[0].endswith(" MISC"), lines[0]
    columns = lines[0].removeprefix("# global.columns = ").split(" ")
    facts, annotations, sentences, before = None, {}, [[]], ""
    for line in lines[1:]:
        if line.startswith("# document = "):
            facts = json.loads(line.split(" = ", 1)[1])
        elif line.startswith("# annotation = "):
            annotation = json.loads(line.split(" = ", 1)[1])
            annotations[annotation["id"]] = annotation
        elif line.startswith("# spaces_before = "):
            before = unescaped(line.split(" = ", 1)[1])
        elif line == "":
            sentences.append([])
        elif not (line.startswith("#") and "\t" not in line):
            cells = line.split("\t")
            assert len(cells) == len(columns), (path, line)
            sentences[-1].append(cells)
    sentences = [sentence for sentence in sentences if sentence]
    text = before
    for cells in (cells for sentence in sentences for cells in sentence):
        assert int(cells[2]) == len(text), (path, cells)
        text += cells[1]
        assert int(cells[3]) == len(text), (path, cells)
        text += spaces_after(cells[-1])
    assert len(text) == facts["length"], path
    assert hashlib.sha256(text.encode("utf-8")).hexdigest() == facts["text_sha256"], path
    for sentence in sentences:
        assert [cells[0] for cells in sentence] == [str(number + 1) for number in range(len(sentence))], path
        for column in range(4, len(columns) - 1, 2):
            assert columns[column + 1] == f"{columns[column]}.id", columns
            expect_iob2([cells[column] for cells in sentence], f"{path} {columns[column]}")
    return facts, annotations, columns, sentences


def spaces_after(misc):
    if misc == "_":
        return " "
    return "" if misc == "SpaceAfter=No" else unescaped(misc.removeprefix("SpacesAfter="))


def unescaped(space):
    return space.replace("\\s", " ").replace("\\n", "\n").replace("\\t", "\t").encode("ascii").decode("unicode_escape")


rich = collections.defaultdict(list)
marked = 0
for path in sorted((folder / "rich").rglob("*.tsv")):
    facts, annotations, columns, sentences = rich_file(path)
    for identifier, annotation in annotations.items():
        tagged = any(identifier in cells for sentence in sentences for cells in sentence)
        assert tagged or "spans" in annotation, (path, identifier)
        marked += annotation["status"] != "rejected"
    split = {"validation": "dev", None: "all"}.get(facts["split"], facts["split"])
    rich[path.relative_to(folder / "rich").parts[0], split].append((columns, sentences))

tokens = entities = 0
for path in sorted((folder / "layers").rglob("*.conll")):
    documents = strict_layer_file(path)
    annotator, layer, name = path.relative_to(folder / "layers").parts
    split, _, rank = name.removesuffix(".conll").partition(".")
    if layer in rich[annotator, split][0][0]:
        column = f"{layer}.{rank}" if rank else layer
        told = [
            [[(cells[1], cells[columns.index(column)]) for cells in sentence] for sentence in sentences]
            for columns, sentences in rich[annotator, split]
            if column in columns
        ]
        assert documents == told, f"{path} and the rich tables differ"
    sequences = [[tag for _, tag in sentence] for document in documents for sentence in document]
    for sequence in sequences:
        expect_iob2(sequence, path)
    begun = sum(tag.startswith("B-") for sequence in sequences for tag in sequence)
    if begun:
        assert f1_score(sequences, sequences) == 1.0 and f1_score(sequences, sequences, mode="strict", scheme=IOB2) == 1.0, path
    assert len(get_entities(sequences)) == begun, path
    assert sum(map(len, Entities(sequences, IOB2).entities)) == begun, path
    labels = {tag[2:] for sequence in sequences for tag in sequence if tag != "O"}
    assert {label for label, _, _ in get_entities(sequences)} == labels, path
    words = [word for document in documents for sentence in document for word, _ in sentence]
    if words:
        docs = list(conll_ner_to_docs(path.read_text(encoding="utf-8"), n_sents=0, no_print=True))
        assert len(docs) == sum(1 for document in documents if document), path
        assert [token.text for doc in docs for token in doc] == words, path
        assert sum(len(doc.ents) for doc in docs) == begun, path
    tokens += len(words)
    entities += begun

versions = ", ".join(f"{name} {importlib.metadata.version(name)}" for name in ("seqeval", "spacy"))
print(f"{versions}: {marked} annotations in rich tables, {entities} tagged runs in {tokens} lines of layer files")
