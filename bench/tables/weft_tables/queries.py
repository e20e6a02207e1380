"""The queries: names, the files that they read, and words for the report."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Query:
    """A query; its id is the name of the method of each peer."""
    id: str
    files: str
    text: str


GROUP = "groupby"
JOIN = "join"
SERIES = "timeseries"
CSV = "csv"

ALL = [
    Query("g1", GROUP, "sum v1 by id1"),
    Query("g2", GROUP, "sum v1 by id1, id2"),
    Query("g3", GROUP, "sum v1, mean v3 by id3"),
    Query("g4", GROUP, "mean v1, v2, v3 by id4"),
    Query("g5", GROUP, "sum v1, v2, v3 by id6"),
    Query("j1", JOIN, "small inner on int"),
    Query("j2", JOIN, "medium inner on int"),
    Query("j3", JOIN, "medium left on int"),
    Query("j4", JOIN, "medium inner on text"),
    Query("j5", JOIN, "big inner on int"),
    Query("t1", SERIES, "count of one name"),
    Query("t2", SERIES, "value counts of name"),
    Query("t3", SERIES, "mean x by name and hour"),
    Query("a1", SERIES, "sum(sqrt(x*x + y*y)) by name"),
    Query("a2", SERIES, "sum(x*y + 1) where x > 0 and y < 0.5"),
    Query("c1", CSV, "read CSV; mean x, y by name"),
]


def chosen(only, csv):
    """The queries that were asked for; those of CSV only where there is a file."""
    return [q for q in ALL
            if (not only or q.id in only or q.files in only) and (csv or q.files != CSV)]
