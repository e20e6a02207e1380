"""Writes what pandas makes of rolling windows, as-of joins, pivots and melts. Needs pandas 3.

Run from the root of the checkout: python3 table/src/test/python/make_ordered_fixtures.py
Lines are fields behind tabs; values stand behind commas, nothing where one is missing.
"""

import itertools
import pathlib

import numpy as np
import pandas as pd

OUT = pathlib.Path("table/src/test/resources/dev/weft/table/ordered")
ROLLING = {
    "count": lambda r: r.count(), "sum": lambda r: r.sum(), "mean": lambda r: r.mean(),
    "min": lambda r: r.min(), "max": lambda r: r.max(), "var": lambda r: r.var(),
    "std": lambda r: r.std(), "median": lambda r: r.median(),
    "quantile": lambda r: r.quantile(0.3), "nunique": lambda r: r.nunique(),
}
# pandas has the first row's value here, also where it is missing: only of a column without these.
ENDS = {"first": lambda r: r.first(), "last": lambda r: r.last()}


def text(values):
    return ",".join("" if pd.isna(v) else repr(float(v)) if isinstance(v, float) else str(v)
                    for v in list(values))


def write(name, lines):
    with open(OUT / name, "w", newline="\n") as out:
        for line in lines:
            out.write("\t".join(str(field) for field in line) + "\n")


def rolling(random):
    n = 60
    seconds = np.sort(random.integers(0, 80, n))
    x = random.integers(-40, 40, n) / 8.0
    x[random.random(n) < 0.2] = np.nan
    frame = pd.DataFrame({
        "t": pd.to_datetime(seconds, unit="s"), "k": random.integers(0, 4, n), "x": x,
        "i": random.integers(-9, 10, n)})
    yield "t", text(seconds.tolist())
    for name in "kxi":
        yield name, text(frame[name].tolist())
    windows = [(3, None), (3, 1), (10, 4), (1, None), (100, 2), ("7s", None), ("1s", None),
               ("20s", 5), ("1h", 0)]
    for (window, least), by in itertools.product(windows, [False, True]):
        on = {"on": "t"} if isinstance(window, str) else {}
        base = frame.groupby("k") if by else frame
        for column, functions in (("x", ROLLING), ("i", ROLLING | ENDS)):
            for name, function in functions.items():
                made = function(base.rolling(window, min_periods=least, **on)[column])
                if by:
                    # Results stand group by group.
                    order = np.concatenate(list(frame.groupby("k").indices.values()))
                    made = pd.Series(made.to_numpy(), index=order).sort_index()
                yield ("case", window, "" if least is None else least, "k" if by else "", name,
                       column, text(made.tolist()))


def asof(random):
    n, m = 40, 30
    columns = {}
    for side, count in (("left", n), ("right", m)):
        columns[side] = pd.DataFrame({
            "on": np.sort(random.integers(0, 60, count)), "k": random.integers(0, 3, count),
            "row": np.arange(count)})
        yield side, text(columns[side]["on"].tolist()), text(columns[side]["k"].tolist())
    for kind, by, direction, exact, tolerance in itertools.product(
            ("int64", "float64", "timestamp"), (False, True), ("backward", "forward", "nearest"),
            (True, False), (None, 2, 0)):
        left, right = columns["left"].copy(), columns["right"].copy()
        wanted = tolerance
        for frame in left, right:
            frame["on"] = (pd.to_datetime(frame["on"], unit="s") if kind == "timestamp"
                           else frame["on"].astype(kind))
        if tolerance is not None:
            wanted = pd.Timedelta(seconds=tolerance) if kind == "timestamp" else (
                float(tolerance) if kind == "float64" else tolerance)
        # pandas takes no tolerance of 0 without exact matches.
        if tolerance == 0 and not exact:
            continue
        made = pd.merge_asof(left, right, on="on", by="k" if by else None, direction=direction,
                             allow_exact_matches=exact, tolerance=wanted, suffixes=("", "_right"))
        rows = [None if pd.isna(v) else int(v) for v in made["row_right"]]
        yield ("case", kind, "k" if by else "", direction, exact,
               "" if tolerance is None else tolerance, ",".join("" if r is None else str(r) for r in rows))


def pivot(random):
    n = 50
    x = random.integers(-40, 40, n) / 8.0
    x[random.random(n) < 0.2] = np.nan
    frame = pd.DataFrame({
        "day": random.integers(1, 8, n), "half": random.choice(["am", "pm"], n),
        "name": random.choice(["Zoe", "Bob", "alice", "Émile"], n), "x": x,
        "i": random.integers(-9, 10, n)})
    for name in frame.columns:
        yield name, text(frame[name].tolist())
    for index, columns in ((["day"], "name"), (["day", "half"], "name"), (["name"], "day")):
        for column in "xi":
            for function in ("count", "sum", "mean", "min", "max", "std", "median"):
                made = frame.pivot_table(
                    index=index, columns=columns, values=column, aggfunc=function, dropna=False,
                    observed=True)
                # Groups that are there, with those of which nothing is made.
                there = frame.groupby(index).size()
                pairs = frame.groupby(index + [columns]).size().unstack()
                made = made.reindex(index=there.index, columns=sorted(frame[columns].unique()))
                made = made.where(pairs.reindex(index=made.index, columns=made.columns).notna())
                rows = [text(list(key) if isinstance(key, tuple) else [key]) + "|" + text(
                    [float(v) for v in row]) for key, row in zip(made.index, made.to_numpy())]
                yield ("case", ",".join(index), columns, function, column,
                       text(list(made.columns)), *rows)


def melt(random):
    frame = pd.DataFrame({
        "id": [3, 1, 2], "name": ["a", "b", "c"], "x": [0.5, np.nan, 2.0], "y": [1, 2, 3]})
    made = frame.melt(id_vars=["id", "name"], value_vars=["x", "y"])
    for name in made.columns:
        yield name, text(made[name].tolist())


OUT.mkdir(parents=True, exist_ok=True)
for each in (rolling, asof, pivot, melt):
    write(each.__name__ + ".txt", each(np.random.default_rng(38)))
