"""Writes small Parquet files, and what pyarrow reads from them, for the tests of io.

    python3 make.py     with pyarrow 25 and polars 1.44, beside this file
"""

import pathlib

import numpy as np
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

HERE = pathlib.Path(__file__).parent
EXPECTED = HERE / "expected"
ROWS = 1000

NUMBERS = {
    "i1": pa.int8(), "i2": pa.int16(), "i4": pa.int32(), "i8": pa.int64(),
    "u1": pa.uint8(), "u2": pa.uint16(), "u4": pa.uint32(), "u8": pa.uint64(),
    "f4": pa.float32(), "f8": pa.float64(), "b1": pa.bool_(),
}


def column(name, random):
    if name == "b1":
        return random.random(ROWS) < 0.3
    dtype = np.dtype(name)
    if dtype.kind == "f":
        return (random.standard_normal(ROWS) * 100).astype(dtype)
    info = np.iinfo(dtype)
    return random.integers(info.min, info.max, ROWS, dtype=dtype, endpoint=True)


def table(nullable=True):
    random = np.random.default_rng(11)
    arrays, fields = [], []
    for name, kind in NUMBERS.items():
        arrays.append(pa.array(column(name, random), kind))
        fields.append(pa.field(name, kind, nullable))
    few = random.integers(0, 5, ROWS)
    arrays.append(pa.array(few * 0.25))
    fields.append(pa.field("few", pa.float64(), nullable))
    return pa.table(arrays, schema=pa.schema(fields))


def expect(file, **values):
    EXPECTED.mkdir(exist_ok=True)
    for name, value in values.items():
        np.save(EXPECTED / f"{file}__{name}.npy", value)


def write(file, data, **options):
    pq.write_table(data, HERE / f"{file}.parquet", **options)
    expect(file, **{n: data[n].to_numpy() for n in data.column_names})


def main():
    write("snappy", table(), row_group_size=300)
    write("plain", table(False), compression="none", use_dictionary=False)
    write("gzip", table(), compression="gzip", row_group_size=512, data_page_version="2.0")
    write("zstd", table(False), compression="zstd", data_page_size=1024, write_page_checksum=True)
    write("lz4", table(), compression="lz4", data_page_version="2.0", row_group_size=999)
    delta = {n: "DELTA_BINARY_PACKED" for n in ("i4", "i8", "u4", "u8")}
    split = {n: "BYTE_STREAM_SPLIT" for n in ("f4", "f8")}
    write("encodings", table().select([*delta, *split]), use_dictionary=False,
          column_encoding=delta | split)

    # Missing numbers: NaN where they are floating point.
    random = np.random.default_rng(12)
    present = random.random(ROWS) < 0.8
    values = column("f8", random)
    gaps = pa.table({
        "f8": pa.array(values, mask=~present),
        "f4": pa.array(values.astype("f4"), mask=~present),
        "i4": pa.array(np.arange(ROWS, dtype="i4"), mask=~present),
        "all": pa.nulls(ROWS, pa.float64()),
        "none": pa.array(values),
    })
    pq.write_table(gaps, HERE / "gaps.parquet", row_group_size=400)
    expect("gaps", f8=np.where(present, values, np.nan),
           f4=np.where(present, values, np.nan).astype("f4"),
           all=np.full(ROWS, np.nan), none=values)

    # What is no number, and numbers among it.
    mixed = pa.table({
        "name": ["a", "b", None],
        "when": pa.array([0, 1, 2], pa.timestamp("us")),
        "price": [1.5, 2.5, 3.5],
        "amount": pa.array([1, 2, 3], pa.int64()).cast(pa.decimal128(21, 2)),
        "half": pa.array(np.array([1, 2, 3], "f2")),
        "list": [[1], [], [2, 3]],
        "place": [{"lat": 1.0, "lon": 2.0}, {"lat": 3.0, "lon": 4.0}, {"lat": 5.0, "lon": 6.0}],
    })
    pq.write_table(mixed, HERE / "mixed.parquet")
    expect("mixed", price=np.array([1.5, 2.5, 3.5]), **{"place.lat": np.array([1.0, 3.0, 5.0])})
    pq.write_table(mixed.select(["name", "price"]), HERE / "sole.parquet")
    pq.write_table(pa.table({"x": pa.array([], pa.float64())}), HERE / "empty.parquet")
    expect("empty", x=np.array([], "f8"))

    frame = pl.DataFrame({"t": np.arange(ROWS, dtype="i8"), "v": np.sqrt(np.arange(ROWS))})
    frame.write_parquet(HERE / "polars.parquet", row_group_size=256)
    expect("polars", t=frame["t"].to_numpy(), v=frame["v"].to_numpy())


if __name__ == "__main__":
    main()
