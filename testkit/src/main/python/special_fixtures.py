"""Writes values of special functions, computed with mpmath to 50 digits and rounded once. Needs mpmath and NumPy.

Usage: python3 testkit/src/main/python/special_fixtures.py

special.txt   Lines "NAME DTYPE ARGUMENT VALUE": the bits of floats in hexadecimal; "n" is nan.
"""

import pathlib
import struct

import mpmath as mp
import numpy as np

OUT = pathlib.Path(__file__).parent.parent / "resources/dev/weft/testkit/numpy"
mp.mp.dps = 50


def gamma(x):
    if x == mp.inf:
        return x
    return mp.nan if x == -mp.inf or x < 0 and x == mp.floor(x) else mp.gamma(x)


def lgamma(x):
    if mp.isinf(x) or x <= 0 and x == mp.floor(x):
        return mp.inf
    # Near a zero the difference of two large numbers would not do.
    with mp.workdps(400):
        return mp.log(abs(mp.gamma(x))) if abs(x) < 200 else mp.re(mp.loggamma(x))


def i0(x):
    return mp.inf if abs(x) > 2000 else mp.besseli(0, x)


def erfc(x):
    return mp.mpf(0) if x > 200 else mp.erfc(x)


FUNCTIONS = {"erf": mp.erf, "erfc": erfc, "gamma": gamma, "lgamma": lgamma, "i0": i0}
SPANS = {
    "erf": [(-1, 1), (-7, 7), (-1e-3, 1e-3)],
    "erfc": [(-1, 1), (0.4, 2.1), (2, 9), (9, 27.5), (-7, 0)],
    "gamma": [(-1, 3), (-9, 21), (-190, -9), (20, 172), (-3.001, -2.999), (-4e-16, 4e-16)],
    "lgamma": [(-0.1, 3.1), (3, 20), (20, 1e6), (-30, 0), (0.9, 1.1), (1.9, 2.1), (-2.5, -2.4)],
    "i0": [(-9, 9), (8, 30), (600, 714), (-1, 1)],
}
EDGES = [0.0, 0.5, 1.0, 2.0, 3.0, 8.0, 20.0, 26.0, 1e-9, 1e-300, 5e-324, 171.5, 1e15, 1e300, float("inf")]


def token(value, dtype):
    kind, code = ("<I", "<f") if dtype == "float32" else ("<Q", "<d")
    return "n" if value != value else "%x" % struct.unpack(kind, struct.pack(code, value))[0]


def rounded(value, dtype):
    """The nearest number of the type, from the exact one."""
    if mp.isnan(value) or mp.isinf(value):
        return float(value)
    near = float(value)
    if dtype == "float64":
        return near
    with np.errstate(over="ignore"):
        first = np.float32(near)
    around = [np.nextafter(first, np.float32(-np.inf)), first, np.nextafter(first, np.float32(np.inf))]
    if np.isinf(first):
        return float(first)
    return float(min(around, key=lambda c: abs(mp.mpf(float(c)) - value) if np.isfinite(c) else mp.inf))


random = np.random.default_rng(12)
lines = []
for name, function in FUNCTIONS.items():
    for dtype in ("float64", "float32"):
        spans = [random.uniform(low, high, 40) for low, high in SPANS[name]]
        with np.errstate(all="ignore"):
            points = np.concatenate([[s * e for e in EDGES for s in (1, -1)], *spans]).astype(dtype)
        for x in points:
            exact = float(x)
            if exact == 0 and name == "gamma":
                value = float(np.copysign(np.inf, x))
            elif exact == 0 and name == "erf":
                value = exact
            else:
                value = rounded(function(mp.mpf(exact)), dtype)
            lines.append(f"{name} {dtype} {token(exact, dtype)} {token(value, dtype)}")
        lines.append(f"{name} {dtype} n n")
(OUT / "special.txt").write_text("\n".join(lines) + "\n")
