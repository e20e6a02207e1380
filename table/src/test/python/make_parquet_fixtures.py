"""Writes small Parquet files of every type, with pyarrow.

Run from the root of the checkout: python3 table/src/test/python/make_parquet_fixtures.py
Of ten rows every fourth is missing. The test has the same formulas.
"""

import datetime

import pyarrow as pa
import pyarrow.parquet as pq

OUT = "table/src/test/resources/dev/weft/table/parquet/"
ROWS = range(10)
INT_TYPES = {
    name: getattr(pa, name)()
    for name in ["int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64"]
}


def there(value):
    return [None if i % 4 == 3 else value(i) for i in ROWS]


def columns():
    start = datetime.datetime(2024, 2, 28, 23, 59, 59, 123000)
    yield "bool", pa.array(there(lambda i: i % 2 == 1), pa.bool_())
    for name, kind in INT_TYPES.items():
        bits = int(name.strip("uint"))
        unsigned = name[0] == "u"
        top = 2 ** bits - 1 if unsigned else -(2 ** (bits - 1))
        yield name, pa.array(there(lambda i: top if i == 0 else i), kind)
    yield "half", pa.array(there(lambda i: i / 4), pa.float16())
    yield "float", pa.array(there(lambda i: i / 8), pa.float32())
    yield "double", pa.array(there(lambda i: i / 10), pa.float64())
    yield "text", pa.array(there(lambda i: ["Zürich", "", "x"][i % 3]), pa.string())
    yield "large", pa.array(there(lambda i: "row %d" % i), pa.large_string())
    for unit in ("ms", "us", "ns"):
        moments = there(lambda i: start + datetime.timedelta(days=i))
        yield unit, pa.array(moments, pa.timestamp(unit))
        yield unit + "_utc", pa.array(moments, pa.timestamp(unit, "UTC"))
    yield "day", pa.array(there(lambda i: datetime.date(1969, 12, 30 - i)), pa.date32())
    yield "all", pa.array(list(ROWS), pa.int64())
    yield "point", pa.array([{"x": i, "y": i / 2} for i in ROWS])
    yield "tags", pa.array([[i, i + 1] for i in ROWS], pa.list_(pa.int32()))
    yield "price", pa.array([i for i in ROWS], pa.decimal128(9, 2))
    yield "bytes", pa.array([b"\xff"] * 10, pa.binary())


table = pa.table(dict(columns()))
pq.write_table(table, OUT + "types.parquet", row_group_size=4, compression="none")
flat = table.drop_columns(["half", "ns", "ns_utc", "tags", "bytes"])
pq.write_table(
    flat, OUT + "old.parquet", row_group_size=7, version="1.0", compression="snappy",
    use_deprecated_int96_timestamps=True, data_page_size=16)
pq.write_table(
    flat, OUT + "plain.parquet", use_dictionary=False, data_page_version="2.0",
    compression="zstd")
pq.write_table(table.slice(0, 0), OUT + "empty.parquet")
