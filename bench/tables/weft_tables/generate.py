"""Makes the files: the same bytes for the same options. Data sets of the db-benchmark (H2O.ai,
DuckDB Labs) with K = 100 groups, no missing values, not sorted; and measurements of names."""

from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet as pq

SEED = 108
GROUPS = 100
NAMES = ["Alice", "Bob", "Charlie", "Dan", "Edith", "Frank", "George", "Hannah", "Ingrid", "Jerry",
         "Kevin", "Laura", "Michael", "Norbert", "Oliver", "Patricia", "Quinn", "Ray", "Sarah",
         "Tim", "Ursula", "Victor", "Wendy", "Xavier", "Yvonne", "Zelda"]
ROW_GROUP = 1 << 20
SERIES_ROWS = 2_592_000


def _write(path, columns):
    partial = path.with_suffix(".partial")
    pq.write_table(pa.table(columns), partial, row_group_size=ROW_GROUP, compression="snappy")
    partial.rename(path)


def _texts(codes, form):
    """Texts of numbers, as a dictionary, so that each is made once."""
    known, at = np.unique(codes, return_inverse=True)
    texts = pa.array([form % k for k in known])
    return pa.DictionaryArray.from_arrays(pa.array(at.astype(np.int32)), texts).cast(pa.string())


def groupby(folder, rows):
    path = folder / "groupby.parquet"
    if path.exists():
        return
    random = np.random.default_rng(SEED)
    many = max(1, rows // GROUPS)
    columns = {
        "id1": _texts(random.integers(1, GROUPS + 1, rows), "id%03d"),
        "id2": _texts(random.integers(1, GROUPS + 1, rows), "id%03d"),
        "id3": _texts(random.integers(1, many + 1, rows), "id%010d"),
        "id4": random.integers(1, GROUPS + 1, rows),
        "id5": random.integers(1, GROUPS + 1, rows),
        "id6": random.integers(1, many + 1, rows),
        "v1": random.integers(1, 6, rows),
        "v2": random.integers(1, 16, rows),
        "v3": np.round(random.uniform(0, 100, rows), 6),
    }
    _write(path, columns)


def _split(random, count):
    """Keys of the left and of the right tables: nine tenths are in both."""
    keys = random.permutation(max(2, count + count // 10)) + 1
    both = max(1, count * 9 // 10)
    apart = max(1, count - both)
    return (np.concatenate([keys[:both], keys[both:both + apart]]),
            np.concatenate([keys[:both], keys[both + apart:both + 2 * apart]]))


def join(folder, rows):
    if (folder / "big.parquet").exists():
        return
    random = np.random.default_rng(SEED + 1)
    counts = [max(10, rows // 1_000_000), max(100, rows // 1_000), rows]
    keys = [_split(random, count) for count in counts]

    def drawn(side, level, length):
        own = keys[level][side]
        if length <= len(own):
            return random.permutation(own)[:length]
        # Each key at least once.
        return random.permutation(np.concatenate([own, random.choice(own, length - len(own))]))

    def table(side, levels, length):
        columns = {}
        for level in range(levels):
            columns[f"id{level + 1}"] = drawn(side, level, length)
        for level in range(levels):
            columns[f"id{level + 4}"] = _texts(columns[f"id{level + 1}"], "id%d")
        return columns

    left = table(0, 3, rows)
    _write(folder / "x.parquet", left | {"v1": np.round(random.uniform(0, 100, rows), 6)})
    for level, name in enumerate(["small", "medium", "big"]):
        length = len(keys[level][1])
        right = table(1, level + 1, length)
        # Keys of the last column are unique.
        _write(folder / f"{name}.parquet",
               right | {"v2": np.round(random.uniform(0, 100, length), 6)})


def _series(rows, seed):
    random = np.random.default_rng(seed)
    start = np.datetime64("2000-01-01T00:00:00", "us")
    return {
        "timestamp": start + np.arange(rows).astype("timedelta64[s]"),
        "name": pa.DictionaryArray.from_arrays(
            pa.array(random.integers(0, len(NAMES), rows).astype(np.int32)), pa.array(NAMES)
        ).cast(pa.string()),
        "id": random.poisson(1000, rows),
        "x": random.uniform(-1, 1, rows),
        "y": random.uniform(-1, 1, rows),
    }


def timeseries(folder):
    path = folder / "timeseries.parquet"
    if not path.exists():
        _write(path, _series(SERIES_ROWS, SEED + 2))


def csv(folder, size):
    """A file of at least so many bytes."""
    path = folder / f"timeseries-{size}.csv"
    if path.exists():
        return
    partial = path.with_suffix(".partial")
    part = pa.table(_series(1_000_000, SEED + 3))
    with partial.open("wb") as out:
        first = True
        while out.tell() < size:
            options = pa.csv.WriteOptions(include_header=first, quoting_style="none")
            pa.csv.write_csv(part, out, options)
            first = False
    partial.rename(path)


def all_files(cache, rows, csv_size, kinds):
    """The folder of the files, of which those of these kinds are there."""
    folder = Path(cache) / f"rows-{rows}"
    folder.mkdir(parents=True, exist_ok=True)
    if "groupby" in kinds:
        groupby(folder, rows)
    if "join" in kinds:
        join(folder, rows)
    if "timeseries" in kinds:
        timeseries(folder)
    if "csv" in kinds:
        csv(folder, csv_size)
    return folder
