"""Random arrays: every type, empty and without axes, special values, in random chunks."""

import numpy as np

EXTENTS = [0, 1, 1, 2, 2, 3, 3, 4, 5, 7, 11, 19]
INTEGERS = [0, 0, 1, 1, 2, 3, -1, -2, 5, 7, 100, -100]
REALS = [0.0, -0.0, 1.0, -1.0, 0.5, 1.5, 2.5, -2.5, 3.0, 1e-3, 100.0, np.pi, 0.1, 7.25]
SPECIAL = [np.nan, np.inf, -np.inf, 5e-324, 1e300, -1e300, 1e-300, 3.4e38, 1e-45]


def shape(rng):
    rank = rng.choice([0, 1, 1, 2, 2, 2, 3])
    return tuple(rng.choice(EXTENTS) for _ in range(rank))


def broadcastable(rng, base):
    """A shape that broadcasts with another: fewer axes, or some of extent 1."""
    kept = base[rng.randrange(len(base) + 1) :] if rng.random() < 0.3 else base
    return tuple(1 if rng.random() < 0.2 else extent for extent in kept)


def array(rng, dtype, extents):
    count = int(np.prod(extents, dtype=np.int64))
    return np.array([element(rng, dtype) for _ in range(count)], dtype).reshape(extents)


def element(rng, dtype):
    if dtype.kind == "b":
        return rng.random() < 0.5
    if dtype.kind in "iu":
        limits = np.iinfo(dtype)
        if rng.random() < 0.1:
            return rng.choice([limits.min, limits.max, limits.max - 1])
        value = rng.choice(INTEGERS)
        return value if limits.min <= value <= limits.max else abs(value) % 100
    if dtype.kind == "c":
        real = np.dtype(f"f{dtype.itemsize // 2}")
        return complex(element(rng, real), element(rng, real))
    with np.errstate(all="ignore"):
        if rng.random() < 0.08:
            return dtype.type(rng.choice(SPECIAL))
        return dtype.type(rng.choice(REALS) if rng.random() < 0.6 else rng.gauss(0, 3))


def chunks(rng, extents):
    """Lengths of chunks from 1 to the whole axis; none for an array in one chunk."""
    if not extents or rng.random() < 0.3:
        return None
    return tuple(rng.randint(1, max(1, extent)) for extent in extents)


def literal(array):
    """The array as text that NumPy and Weft both read."""
    name = array.dtype.name
    if array.size == 0:
        return f"zeros({array.shape}, dtype='{name}')"
    return f"array({_nested(array.tolist())}, dtype='{name}')"


def _nested(value):
    if isinstance(value, list):
        return "[" + ", ".join(map(_nested, value)) + "]"
    return repr(value)
