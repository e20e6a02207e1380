"""Whether Weft's result is NumPy's, as near as the steps allow."""

import numpy as np

from .expressions import wide, wobbled

WOBBLES = 6


def difference(expected, actual):
    """What differs, in words, or None."""
    if expected.dtype != actual.dtype:
        return f"type {actual.dtype}, NumPy has {expected.dtype}"
    if expected.shape != actual.shape:
        return f"shape {actual.shape}, NumPy has {expected.shape}"
    wrong = ~close(expected, actual, tolerance(expected.dtype))
    if not wrong.any():
        return None
    at = tuple(int(i) for i in np.argwhere(wrong)[0])
    return f"{actual[at]!r} at {at}, NumPy has {expected[at]!r} ({int(wrong.sum())} of {wrong.size})"


def tolerance(dtype):
    if dtype.kind not in "fc":
        return 0
    return 64 * float(np.finfo(dtype).eps)


def close(a, b, relative):
    if a.dtype.kind not in "fc":
        return np.asarray(a == b)
    with np.errstate(all="ignore"):
        same = (a == b) | (np.isnan(a) & np.isnan(b))
        if a.dtype.kind == "c":
            return same | (abs(a - b) <= relative * np.maximum(abs(a), abs(b)))
        tiny = np.finfo(a.dtype).tiny * np.finfo(a.dtype).eps * 4
        finite = np.isfinite(a) & np.isfinite(b)
        return same | (finite & (np.abs(a - b) <= relative * np.maximum(np.abs(a), np.abs(b)) + tiny))


def explained(node, actual, types, seed):
    """Whether the documented sums in float64, or errors in the last places, explain a difference of values."""
    expected = node.value
    if expected.dtype != actual.dtype or expected.shape != actual.shape:
        return False
    bases = [expected, wide(node, types)]
    if difference(bases[1], actual) is None:
        return True
    rng = np.random.default_rng(seed)
    explained = np.zeros(actual.shape, bool)
    for base in bases:
        explained |= close(base, actual, tolerance(actual.dtype))
    spread = np.zeros(actual.shape)
    with np.errstate(all="ignore"):
        for _ in range(WOBBLES):
            other = wobbled(node, types, rng)
            if other.shape != actual.shape or other.dtype != actual.dtype:
                return other.shape != actual.shape  # A mask of values that wobble.
            explained |= close(other, actual, tolerance(actual.dtype))
            if actual.dtype.kind in "fc":
                distance = np.abs(other.astype(complex) - expected.astype(complex))
                unsteady = ~np.isfinite(distance) & ~close(other, expected, 0)
                spread = np.fmax(spread, np.where(unsteady, np.inf, distance))
            else:
                spread = np.where(other != expected, np.inf, spread)
        if actual.dtype.kind in "fc":
            error = np.abs(actual.astype(complex) - expected.astype(complex))
            explained |= (error <= 32 * spread) & (spread > 0)
            explained |= np.isinf(spread)
        else:
            explained |= np.isinf(spread)
    return bool(explained.all())
