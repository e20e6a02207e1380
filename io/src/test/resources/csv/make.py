"""Makes the tables beside it, and in expected/ what Python's csv and float read from them.

    pip install numpy
    python make.py
"""

import csv
import pathlib

import numpy as np

HERE = pathlib.Path(__file__).parent
EXPECTED = HERE / "expected"
TABLES = {
    # name: (bytes, separator, has a row of names)
    "plain.csv": (b"1,2.5,-3e-5\n4,5,6\n", ",", False),
    "header.csv": (b"time,price,volume\n0,1.25,100\n1,,200\n2,1.5,\n", ",", True),
    "semicolon.csv": (b"a;b\r\n1;2\r\n3;4\r\n", ";", True),
    "tabs.tsv": (b"a\tb\n1\t2\n3\t4", "\t", True),
    "quoted.csv": (b'"the ""a"", b",c\n"1.5","2"\n3,"4e2"\n', ",", True),
    "returns.csv": (b"1,2\r3,4\r5,6", ",", False),
    "mark.csv": (b"\xef\xbb\xbfx,y\n1,2\n", ",", True),
    "gaps.csv": (b"\n\n1,2\n\n3,4\n\n\n", ",", False),
    "words.csv": (b"nan,inf,-inf\n NaN , 1 ,\t2\n1.,.5,+7E+2\n", ",", False),
    "lines.csv": (b'"two\nlines",b\n1,2\n3,4\n', ",", True),
    "names-only.csv": (b"a,b,c\n", ",", True),
    "column.csv": (b"x\n1\n2\n3\n", ",", True),
    "umlaut.csv": ("größe,zahl\n1,2\n".encode(), ",", True),
}


def number(text):
    text = text.strip()
    return float(text) if text else np.nan


EXPECTED.mkdir(exist_ok=True)
for name, (content, separator, named) in TABLES.items():
    (HERE / name).write_bytes(content)
    text = content.decode("utf-8-sig")
    rows = [row for row in csv.reader(text.splitlines(keepends=True), delimiter=separator) if row]
    values = [[number(field) for field in row] for row in rows[1 if named else 0 :]]
    np.save(EXPECTED / (name + ".npy"), np.array(values, "f8").reshape(len(values), len(rows[0])))
