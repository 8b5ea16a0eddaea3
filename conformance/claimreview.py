"""Reads the reviews with rdflib as RDF: every type and property is one of schema.org, every review rates a claim, no fact that is not verified is there."""

import json
import sys
from pathlib import Path

try:
    import rdflib
    from rdflib.namespace import RDF, SDO
except ImportError:
    print("rdflib is not installed")
    sys.exit(77)

folder = Path(sys.argv[1])
document = json.loads((folder / "claimreview.jsonld").read_text(encoding="utf-8"))
assert document["@context"] == "https://schema.org"
# The context of schema.org says as much of the terms used here; a check must not fetch it.
document["@context"] = {"@vocab": str(SDO), "url": {"@type": "@id"}, "sameAs": {"@type": "@id"}}
graph = rdflib.Graph().parse(data=json.dumps(document), format="json-ld")
for subject, property_, value in graph:
    terms = [value] if property_ == RDF.type else [property_]
    for term in terms:
        assert str(term).startswith(str(SDO)) and str(term)[len(str(SDO)) :] in SDO, f"{term} is not of schema.org"

reviews = list(graph.subjects(RDF.type, SDO.ClaimReview))
assert len(reviews) == len(document["@graph"]), "a review came twice or not at all"
for review in reviews:
    assert str(graph.value(review, SDO.claimReviewed)), review
    rating = graph.value(review, SDO.reviewRating)
    name = str(graph.value(rating, SDO.alternateName))
    assert name and "not enough" not in name.lower(), (review, name)
    value = graph.value(rating, SDO.ratingValue)
    if value is not None:
        worst, best = graph.value(rating, SDO.worstRating).toPython(), graph.value(rating, SDO.bestRating).toPython()
        assert worst <= value.toPython() <= best, (review, value)
    claim = graph.value(review, SDO.itemReviewed)
    assert (claim, RDF.type, SDO.Claim) in graph and graph.value(claim, SDO.appearance) is not None, review
print(f"rdflib {rdflib.__version__}: {len(reviews)} reviews, {len(graph)} triples")
