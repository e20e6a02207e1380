"""Writes npy files of all dtypes, byte orders, axis orders and some ranks, as NumPy writes them.

Element k in C order is k + 1; for bool whether k is even; for complex (k + 1) - (k + 1) / 2 j.
Run from the repository root: python io/src/test/python/make_npy_fixtures.py
"""

import pathlib

import numpy as np

target = pathlib.Path(__file__).parent.parent / "resources/dev/weft/io/npy"
SHAPES = {"0d": (), "1d": (7,), "empty": (3, 0, 2), "4d": (2, 1, 3, 2)}


def values(dtype, shape):
    count = int(np.prod(shape, dtype=int))
    k = np.arange(1, count + 1)
    if dtype.kind == "b":
        k = k % 2 == 1
    if dtype.kind == "c":
        k = k - 0.5j * k
    return k.astype(dtype).reshape(shape)


def save(name, dtype, shape, fortran):
    array = values(np.dtype(dtype), shape)
    np.save(target / f"{name}.npy", np.array(array, order="F" if fortran else "C"))


for char in ("b1", "i1", "u1", "i2", "i4", "i8", "u2", "u4", "u8", "f2", "f4", "f8", "c8", "c16"):
    name = np.dtype(char).name
    for order in "|" if char[1:] == "1" else "<>":
        mark = "be" if order == ">" else "le"
        for fortran in (False, True):
            save(f"{name}-{mark}-{'f' if fortran else 'c'}-2d", order + char, (2, 3), fortran)
for rank, shape in SHAPES.items():
    save(f"float64-le-c-{rank}", "<f8", shape, False)
    save(f"int16-be-f-{rank}", ">i2", shape, True)
for version in ((2, 0), (3, 0)):
    with open(target / f"float32-le-c-version{version[0]}.npy", "wb") as out:
        np.lib.format.write_array(out, values(np.dtype("<f4"), (2, 3)), version=version)
