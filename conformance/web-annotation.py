"""Reads the Web Annotations as linked data with PyLD and rdflib: nothing is lost in the expansion, every target selects its words."""

import json
import sys
from importlib.metadata import version
from pathlib import Path

try:
    import rdflib
    from pyld import jsonld
except ImportError as error:
    print(f"{error.name} is not installed")
    sys.exit(77)

folder = Path(sys.argv[1])
official = "http://www.w3.org/ns/anno.jsonld"
OA, AS = "http://www.w3.org/ns/oa#", "http://www.w3.org/ns/activitystreams#"


def iris(**terms):
    return {term: {"@id": iri, "@type": "@id"} for term, iri in terms.items()}


# What the official context says of the terms that are used here: a check reaches no network. All other terms are ours or a fault.
terms = {
    "oa": OA, "as": AS,
    "dc": "http://purl.org/dc/elements/1.1/", "dcterms": "http://purl.org/dc/terms/", "dctypes": "http://purl.org/dc/dcmitype/",
    "foaf": "http://xmlns.com/foaf/0.1/", "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#", "skos": "http://www.w3.org/2004/02/skos/core#", "schema": "http://schema.org/",
    "id": "@id", "type": "@type",
    **{name: f"oa:{name}" for name in ("Annotation", "TextualBody", "SpecificResource", "TextQuoteSelector", "TextPositionSelector")},
    **{name: f"oa:{name}" for name in ("classifying", "commenting", "identifying", "linking", "tagging")},
    "Text": "dctypes:Text", "Person": "foaf:Person",
    "AnnotationCollection": "as:OrderedCollection", "AnnotationPage": "as:OrderedCollectionPage",
    **iris(body="oa:hasBody", target="oa:hasTarget", source="oa:hasSource", selector="oa:hasSelector", creator="dcterms:creator"),
    **iris(partOf="as:partOf", first="as:first", last="as:last", next="as:next", prev="as:prev"),
    "motivation": {"@id": "oa:motivatedBy", "@type": "@vocab"}, "purpose": {"@id": "oa:hasPurpose", "@type": "@vocab"},
    "items": {"@id": "as:items", "@type": "@id", "@container": "@list"},
    "format": "dc:format", "language": "dc:language", "created": "dcterms:created", "modified": "dcterms:modified",
    "value": "rdf:value", "start": "oa:start", "end": "oa:end", "exact": "oa:exact", "prefix": "oa:prefix", "suffix": "oa:suffix",
    "name": "foaf:name", "label": "rdfs:label", "total": "as:totalItems", "startIndex": "as:startIndex",
}  # fmt: skip


def load(url, options):
    assert url == official, url
    return {"contextUrl": None, "documentUrl": url, "contentType": "application/ld+json", "document": {"@context": terms}}


jsonld.set_document_loader(load)
dropped = []
quads, annotations, spans = 0, 0, 0
collection = json.loads((folder / "collection.jsonld").read_text(encoding="utf-8"))
texts = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))["text"] == "included"
graph = rdflib.Graph()
following = collection.get("first")
for path in [folder / "collection.jsonld", folder / "entities.jsonld", *(folder / page["pm:file"] for page in collection["pm:page"])]:
    value = json.loads(path.read_text(encoding="utf-8"))
    expanded = jsonld.expand(value, {"processingMode": "json-ld-1.1"}, on_property_dropped=dropped.append)
    assert not dropped, (path, dropped)
    quads += sum(len(triples) for triples in jsonld.to_rdf(value).values())
    nquads = jsonld.to_rdf(value, {"format": "application/n-quads"})
    graph.parse(data=nquads, format="nt")
    if value.get("type") != "AnnotationPage":
        continue
    # Pages follow each other from the first to the last.
    assert value["id"] == following and value["startIndex"] == annotations, (value["id"], following)
    following = value.get("next")
    annotations += len(value["items"])
    document = value.get("pm:document")
    text = (folder / document["pm:file"]).read_bytes().decode("utf-8") if document and texts else None
    assert text is None or len(text) == document["pm:length"], path
    for item in expanded[0][f"{AS}items"][0]["@list"]:
        assert item["@type"] == [f"{OA}Annotation"] and item["@id"].startswith("urn:"), item
        for target in item[f"{OA}hasTarget"]:
            for selector in target.get(f"{OA}hasSelector", []):
                if selector["@type"] == [f"{OA}TextPositionSelector"]:
                    start, end = (selector[f"{OA}{name}"][0]["@value"] for name in ("start", "end"))
                    spans += 1
                elif text is not None:
                    exact, prefix, suffix = (selector[f"{OA}{name}"][0]["@value"] for name in ("exact", "prefix", "suffix"))
                    assert text[start:end] == exact, (item["@id"], exact)
                    assert text[max(0, start - 32) : start] == prefix and text[end : end + 32] == suffix, item["@id"]
assert annotations == collection["total"] and following is None
found = set(graph.subjects(rdflib.RDF.type, rdflib.URIRef(f"{OA}Annotation")))
assert len(found) == annotations, (len(found), annotations)
ends = set(graph.objects(None, rdflib.URIRef(f"{OA}hasSource"))) | set(graph.objects(None, rdflib.URIRef(f"{OA}hasTarget")))
for end in ends:
    if str(end).startswith(("urn:pressmark:annotation:", "urn:pressmark:entity:", "urn:pressmark:document:")):
        assert (end, rdflib.RDF.type, None) in graph, end
print(f"PyLD {version('PyLD')}, rdflib {rdflib.__version__}: {annotations} annotations, {spans} positions, {quads} quads")
