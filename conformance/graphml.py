"""Reads the networks with networkx and igraph, and counts them again from the statements by the formulas of Discourse Network Analyzer."""

import csv
import itertools
import math
import sys
from collections import Counter
from pathlib import Path

try:
    import igraph
    import networkx
except ImportError as error:
    print(f"{error.name} is not installed")
    sys.exit(77)

folder = Path(sys.argv[1])


def table(name):
    with open(folder / name, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def near(value, expected, what):
    assert math.isclose(float(value), expected, abs_tol=1e-9), (what, value, expected)


def in_xml(text):
    return "".join("\ufffd" if char in "\ufffe\uffff" or (ord(char) < 32 and char not in "\t\n\r") else char for char in text)


statements, nodes = table("statements.csv"), table("nodes.csv")
labels = {in_xml(node["id"]): in_xml(node["label"]) for node in nodes}
modes = {in_xml(node["id"]): node["mode"] for node in nodes}
edges = 0
for name in ("stances", "actors", "concepts"):
    rows = {frozenset((in_xml(row["source"]), in_xml(row["target"]))): row for row in table(f"{name}.csv")}
    wanted = {id for id, mode in modes.items() if name == "stances" or f"{mode}s" == name}
    graph = networkx.read_graphml(folder / f"{name}.graphml")
    assert {id: data["label"] for id, data in graph.nodes(data=True)} == {id: labels[id] for id in wanted}, name
    assert graph.number_of_edges() == len(rows), name
    for one, other, data in graph.edges(data=True):
        row = rows[frozenset((one, other))]
        for key, value in data.items():
            if key != "id":
                assert str(value) == in_xml(row[key]) or math.isclose(float(row[key]), value), (name, one, other, key)
    if name == "stances" and rows:
        assert networkx.is_bipartite(graph), name

    other_reader = igraph.Graph.Read_GraphML(str(folder / f"{name}.graphml"))
    assert sorted(other_reader.vs["label"] if wanted else []) == sorted(labels[id] for id in wanted), name
    assert sorted(other_reader.es["weight"] if rows else []) == sorted(float(row["weight"]) for row in rows.values()), name

    drawn = networkx.read_gexf(folder / f"{name}.gexf")
    assert {id: data["label"] for id, data in drawn.nodes(data=True)} == {id: labels[id] for id in wanted}, name
    for one, other, data in drawn.edges(data=True):
        weight = float(rows[frozenset((one, other))]["weight"])
        assert data["weight"] >= 0 and math.isclose(data["weight"] * data["sign"], weight), (name, one, other)
    edges += len(rows)

# The measures again, from the statements alone.
counts = Counter((row["actor"], row["concept"], row["level"]) for row in statements)
total = {side: Counter(row[side] for row in statements) for side in ("actor", "concept")}
for row in table("stances.csv"):
    pair = (row["source"], row["target"])
    subtract = counts[(*pair, "1")] - counts[(*pair, "0")]
    near(row["weight"], subtract, pair)
    near(row["activity"], subtract / total["actor"][pair[0]], pair)
    near(row["prominence"], subtract / total["concept"][pair[1]], pair)
for side, through, name in (("actor", "concept", "actors"), ("concept", "actor", "concepts")):
    written = {(row["source"], row["target"]): row for row in table(f"{name}.csv")}
    things = {row[through] for row in statements}

    def cells(id):
        return {(thing, level): counts[(id, thing, level) if side == "actor" else (thing, id, level)] for thing in things for level in "01"}

    for one, other in itertools.combinations(sorted(total[side]), 2):
        a, b = cells(one), cells(other)
        congruence = sum(a[key] * b[key] for key in a)
        conflict = sum(a[(thing, level)] * b[(thing, "10"[int(level)])] for thing, level in a)
        row = written.pop((one, other), None)
        if row is None:
            assert congruence == conflict == 0, (one, other)
            continue
        union = sum(a[key] for key in a if not b[key]) + sum(b[key] for key in b if not a[key]) + congruence
        lengths = math.sqrt(sum(value**2 for value in a.values()) * sum(value**2 for value in b.values()))
        for key, expected in (
            ("ignore", congruence + conflict),
            ("congruence", congruence),
            ("conflict", conflict),
            ("weight", congruence - conflict),
            ("congruence_average", congruence / ((total[side][one] + total[side][other]) / 2)),
            ("conflict_jaccard", conflict / union),
            ("subtract_cosine", (congruence - conflict) / lengths),
        ):
            near(row[key], expected, (one, other, key))
    assert not written, written
print(f"networkx {networkx.__version__}, igraph {igraph.__version__}: {len(statements)} statements, {len(nodes)} nodes, {edges} edges in 3 networks")
