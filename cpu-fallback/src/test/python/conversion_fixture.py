"""Writes what NumPy's astype makes of numbers, where that is defined.

    python conversion_fixture.py > ../resources/dev/weft/cpu/copy/conversions.csv
"""

import numpy as np

TYPES = "bool int8 uint8 int16 uint16 int32 uint32 int64 uint64 float32 float64".split()
INTEGERS = [0, 1, 2, 127, 128, 255, 256, 32767, 32768, 65535, 65536, 16777217, 2**31 - 1, 2**31,
            2**32 - 1, 2**32, 2**53 + 1, 2**62 + 12345, 2**63 - 1, 2**63, 2**63 + 1025, 2**64 - 1]
FLOATS = [0.0, -0.0, 0.5, -0.5, 1.5, -1.5, 2.999, -2.999, 100.25, -100.75]


def values(name):
    dtype = np.dtype(name)
    if dtype == bool:
        return np.array([False, True])
    if dtype.kind == "f":
        big = [1e10, -1e10, 16777217.0, 1e300, np.nan, np.inf, -np.inf, 0.1, 1e18]
        with np.errstate(all="ignore"):
            return np.array(FLOATS + big).astype(dtype)
    info = np.iinfo(dtype)
    signed = INTEGERS + [-i for i in INTEGERS]
    return np.array([i for i in signed if info.min <= i <= info.max], dtype)


def text(x):
    return np.frombuffer(x.tobytes(), f"u{x.itemsize}").tolist()


print("from,to,source bits,target bits")
for source in TYPES:
    for target in TYPES:
        for x in values(source):
            if np.dtype(source).kind == "f" and np.dtype(target).kind in "iu":
                info = np.iinfo(target)
                if not np.isfinite(x) or not info.min <= int(x) <= info.max:
                    continue  # NumPy leaves these to the machine.
            with np.errstate(all="ignore"):
                y = np.array([x]).astype(target)
            print(f"{source},{target},{text(np.array([x]))[0]},{text(y)[0]}")
