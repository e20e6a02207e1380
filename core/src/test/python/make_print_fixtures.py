"""Writes print-fixtures.txt: arrays as compressed bytes, and the text that NumPy's str gives for them.

Run from the repository root: python core/src/test/python/make_print_fixtures.py
"""

import base64
import pathlib
import zlib

import numpy as np

rng = np.random.default_rng(20260101)
cases = {}


def add(name, values):
    cases[name] = np.asarray(values)


for t in ("float64", "float32", "float16"):
    f = np.dtype(t).type
    add(f"whole {t}", np.arange(12, dtype=t).reshape(3, 4))
    add(f"fractions {t}", np.array([0.1, 1 / 3, 2.5, -7.125, 100], dtype=t))
    add(f"specials {t}", np.array([np.nan, np.inf, -np.inf, 1.5, -0.0], dtype=t))
    add(f"only specials {t}", np.array([np.nan, np.inf], dtype=t))
    add(f"nan row {t}", np.array([[np.nan, 1], [2, 3]], dtype=t))
    add(f"negative inf {t}", np.array([-np.inf, 1], dtype=t))
    add(f"nan with exponent {t}", np.array([np.nan, -np.inf, 1e-20, 3.25e10], dtype=t))
    add(f"large {t}", np.array([1e8, 1, 2.5], dtype=t))
    add(f"below cutoff {t}", np.array([999999, 1000.5, 1001], dtype=t))
    add(f"million {t}", np.array([1000000, 1000.5, 1001], dtype=t))
    add(f"wide ratio {t}", np.array([1000, 1], dtype=t))
    add(f"wider ratio {t}", np.array([1001, 1], dtype=t))
    add(f"small {t}", np.array([1e-5, 0, 0.5], dtype=t))
    add(f"zeros {t}", np.zeros((2, 2), dtype=t))
    add(f"negative zero {t}", np.array([-0.0, 0.0], dtype=t))
    add(f"smallest {t}", np.array([np.finfo(t).smallest_subnormal, 2 * np.finfo(t).smallest_subnormal], dtype=t))
    add(f"largest {t}", np.array([np.finfo(t).max, -np.finfo(t).max, np.finfo(t).tiny], dtype=t))
    add(f"ties {t}", np.array([0.001953125, 0.0009765625, 0.5 + 2.0**-9], dtype=t))
    add(f"random {t}", rng.standard_normal((5, 7)).astype(t))
    add(f"random wrap {t}", rng.standard_normal((2, 30)).astype(t))
    add(f"random exponents {t}", (rng.standard_normal(40) * 10.0 ** rng.integers(-30, 30, 40)).astype(t))
    add(f"random rank 4 {t}", rng.random((2, 2, 2, 3)).astype(t))
    add(f"abbreviated {t}", np.arange(1001, dtype=t))
    add(f"thousand {t}", np.arange(1000, dtype=t) / 8)
    add(f"abbreviated table {t}", (np.arange(1200) / 1024).astype(t).reshape(30, 40))
    add(f"abbreviated tall {t}", (np.arange(4000) / 3 - 500).round(1).astype(t).reshape(1000, 4))
    add(f"abbreviated rank 3 {t}", np.arange(2000, dtype=t).reshape(10, 10, 20))
    add(f"abbreviated rank 3 thin {t}", np.arange(2000, dtype=t).reshape(500, 2, 2))
    add(f"empty {t}", np.zeros((3, 0), dtype=t))
    for i, v in enumerate([0, -0.0, 1, 1.5, 1 / 3, 1e-4, 1e-5, 123456789, 1e15, 1e16, 1.5e300, np.nan, -np.inf, 5e-324, 0.1]):
        with np.errstate(all="ignore"):
            add(f"scalar {i} {t}", np.array(v, dtype=t))

halves = np.arange(0x7C00, dtype="uint16").view("float16")
for i in range(0, 0x7C00, 331):
    add(f"neighbours {i} float16", halves[i : i + 5])
    add(f"scalar bits {i} float16", halves[i])

for t in ("int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64"):
    info = np.iinfo(t)
    add(f"limits {t}", np.array([[info.min, info.max], [0, 1]], dtype=t))
    add(f"scalar {t}", np.array(info.max, dtype=t))
    add(f"abbreviated {t}", (np.arange(3000) % 100).astype(t).reshape(3, 1000))
add("wrap int64", np.arange(200))
add("column int64", np.arange(5).reshape(5, 1))
add("long numbers wrap int64", np.arange(40, dtype="int64") * 10**15)
add("bool", np.array([[True, False], [True, True]]))
add("true bool", np.array([True, True]))
add("scalar bool", np.array(False))
add("abbreviated bool", np.arange(1500) % 2 == 0)
add("wrap bool", np.arange(50) % 3 == 0)
for t in ("complex64", "complex128"):
    add(f"pairs {t}", np.array([1 + 2j, -0.5 - 3.25j, 1j / 3], dtype=t))
    for i, z in enumerate([1.5 + 0.25j, 1j, 0j, -1j, 1e20 + 1e-7j, complex("inf+nanj"), 0.1 - 0.2j]):
        add(f"scalar {i} {t}", np.array(z, dtype=t))
    add(f"nan {t}", np.array([complex(np.nan, np.inf), 1 - 1j], dtype=t))

target = pathlib.Path(__file__).parent.parent / "resources/dev/weft/core/print-fixtures.txt"
with target.open("w", newline="\n") as out:
    for name, array in cases.items():
        shape = " ".join(map(str, array.shape))
        data = array.astype(array.dtype.newbyteorder("<")).tobytes()
        packed = base64.b64encode(zlib.compress(data, 9)).decode()
        out.write(f"case {name}\ndtype {array.dtype.name}\nshape {shape}\ndata {packed}\n")
        out.write("".join(f"|{line}\n" for line in str(array).split("\n")))
