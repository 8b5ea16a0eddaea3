"""Reads .spacy files with spaCy: texts, spans and what else is kept with them; trains on them; reads the tasks for Prodigy as its own loader does."""

import collections
import hashlib
import importlib.metadata
import json
import random
import sys
from pathlib import Path

try:
    import spacy
    from spacy.tokens import Doc, DocBin
    from spacy.training import Corpus
except ImportError as error:
    print(f"{error.name} is not installed")
    sys.exit(77)

folder = Path(sys.argv[1])
nlp = spacy.blank("en")
spans_read = 0
by_place = collections.defaultdict(list)


def trimmed(text, start, end):
    while start < end and text[start].isspace() | (text[start] == "\ufeff"):
        start += 1
    while start < end and text[end - 1].isspace() | (text[end - 1] == "\ufeff"):
        end -= 1
    return (start, end) if start < end else None


for path in sorted((folder / "docbin").rglob("*.spacy")):
    annotator, split = path.relative_to(folder / "docbin").parts[:2]
    documents = list(DocBin().from_disk(path).get_docs(nlp.vocab))
    assert documents, path
    by_place[annotator, split] += documents
    for doc in documents:
        facts, text = doc.user_data["document"], doc.text
        assert doc.user_data["annotator"] == annotator
        assert {"validation": "dev", None: "all"}.get(facts["split"], facts["split"]) == split
        assert len(text) == facts["length"], facts
        assert hashlib.sha256(text.encode("utf-8")).hexdigest() == facts["text_sha256"], facts
        assert doc.has_annotation("SENT_START")
        for sentence in doc.sents:
            assert sentence.text.strip() or sentence.start == 0, (facts, sentence)
        told = collections.Counter()
        for annotation in doc.user_data["annotations"]:
            for span in annotation["spans"]:
                assert text[span["start"] : span["end"]] == span["text"], span
                place = trimmed(text, span["start"], span["end"])
                if annotation["status"] != "rejected" and place:
                    told[annotation["layer"], annotation["id"], *place] += 1
        found = collections.Counter()
        layers = {annotation["layer"] for annotation in doc.user_data["annotations"]}
        for key, group in doc.spans.items():
            for span in group:
                # As the file says it, and as spaCy makes it of tokens.
                assert text[span.start_char : span.end_char] == span.text, (facts, key)
                again = doc[span.start : span.end]
                assert (again.start_char, again.end_char) == (span.start_char, span.end_char), (facts, key)
                if key in layers:
                    found[key, span.id_, span.start_char, span.end_char] += 1
                    assert span.label_, span
        assert found == told, (facts["doc_id"], found - told, told - found)
        both = sorted(span.id_ for key in layers - {"mention"} for span in doc.spans[key])
        assert sorted(span.id_ for span in doc.spans["sc"]) == both, facts
        spans_read += sum(found.values())
    DocBin(docs=documents, store_user_data=True).to_bytes()

for (annotator, split), documents in by_place.items():
    lines = (folder / "prodigy" / annotator / f"{split}.jsonl").read_bytes().decode("utf-8").splitlines()
    assert len(lines) == len(documents)
    for line, kept in zip(lines, documents):
        task = json.loads(line)
        tokens = task["tokens"]
        doc = Doc(nlp.vocab, words=[token["text"] for token in tokens], spaces=[token["ws"] for token in tokens])
        assert doc.text == task["text"] == kept.text
        assert [(token.idx, token.idx + len(token)) for token in doc] == [(token["start"], token["end"]) for token in tokens]
        spans = [doc.char_span(span["start"], span["end"], label=span["label"]) for span in task["spans"]]
        assert None not in spans, task["meta"]
        assert [(span.start, span.end - 1) for span in spans] == [(span["token_start"], span["token_end"]) for span in task["spans"]]
        read = sorted((span.start, span.end, span.label_) for span in spans)
        assert read == sorted((span.start, span.end, span.label_) for key in ("sc", "mention") for span in kept.spans[key])
        for relation in task["relations"]:
            for end in ("head", "child"):
                assert relation[end] == relation[f"{end}_span"]["token_end"] < len(tokens), relation

# What `spacy train` does with a folder, as far as one step.
place = max((folder / "docbin").glob("*/*"), key=lambda place: sum(len(doc.spans["sc"]) for doc in by_place[place.parts[-2:]]))
examples = list(Corpus(place)(nlp))
assert len(examples) == len(by_place[place.parts[-2:]])
aligned = sum(len(example.get_aligned_spans_y2x(example.reference.spans["sc"], allow_overlap=True)) for example in examples)
learnt = sum(len(example.reference.spans["sc"]) for example in examples)
labels = {span.label_ for example in examples for span in example.reference.spans["sc"]}
random.seed(0)
spacy.util.fix_random_seed(0)
suggester = {"@misc": "spacy.ngram_range_suggester.v1", "min_size": 1, "max_size": 30}
learner = nlp.add_pipe("spancat", config={"spans_key": "sc", "suggester": suggester})
nlp.initialize(lambda: examples)
assert set(learner.labels) == labels, (learner.labels, labels)
losses = nlp.update(examples)
assert losses["spancat"] > 0

version = importlib.metadata.version("spacy")
print(f"spacy {version}: {spans_read} spans in {sum(map(len, by_place.values()))} documents; {aligned} of {learnt} on words of its own tokeniser, {len(labels)} labels learnt from")
