#!/usr/bin/env python3
"""Reads Zarr arrays with another library and prints what it found, a line each.

    zarr_check.py tensorstore STORE...    # pip install tensorstore
    zarr_check.py zarr STORE...           # zarr-python, any version

A line holds shape, dtype, the sum as NumPy's repr, and the SHA-256 of the elements in C order, little-endian.
"""

import hashlib
import os
import sys

import numpy as np


def with_tensorstore(path):
    import tensorstore

    driver = "zarr3" if os.path.exists(os.path.join(path, "zarr.json")) else "zarr"
    spec = {"driver": driver, "kvstore": {"driver": "file", "path": os.path.abspath(path) + "/"}}
    return np.asarray(tensorstore.open(spec, read=True).result().read().result())


def with_zarr(path):
    import zarr

    return np.asarray(zarr.open_array(path, mode="r")[...])


def main():
    read = {"tensorstore": with_tensorstore, "zarr": with_zarr}[sys.argv[1]]
    for path in sys.argv[2:]:
        array = read(path)
        little = np.ascontiguousarray(array).astype(array.dtype.newbyteorder("<"))
        digest = hashlib.sha256(little.tobytes()).hexdigest()
        print(path, array.shape, array.dtype, repr(array.sum()), digest)


if __name__ == "__main__":
    main()
