"""Results against NumPy's, before any time counts."""

import math

import numpy as np
from weft_peers import formulas

# Of the largest value: sums and transcendental functions are rounded otherwise in each system.
RTOL = {"float64": 1e-9, "float32": 1e-4}
DRAWN = 1_000_000


def expected(workload, inputs):
    """NumPy's results in float64 for the same inputs; None where numbers are random."""
    if workload.check == "moments":
        return None
    wide = {name: array.astype(np.float64) for name, array in inputs.items()}
    return [np.asarray(result) for result in formulas.compute(np, workload.name, wide)]


def disagreement(workload, dtype, n, got, want):
    """None where results are right, else what is wrong with them."""
    if workload.check == "moments":
        return _moments(workload.expect, n, *(float(np.asarray(value)) for value in got))
    if len(got) != len(want):
        return f"{len(got)} results, expected {len(want)}"
    for i, (g, w) in enumerate(zip(got, want)):
        if str(g.dtype) != dtype:
            return f"result {i} is {g.dtype}, expected {dtype}"
        if g.shape != w.shape:
            return f"result {i} has shape {g.shape}, expected {w.shape}"
        distance = float(np.abs(g.astype(np.float64) - w).max())
        if not distance <= RTOL[dtype] * float(np.abs(w).max()):
            return f"result {i} differs by {distance:.3g}"
    return None


def _moments(expect, n, mean, variance):
    """The mean of n random numbers, and the variance of some, within 6 standard errors."""
    drawn = min(n, DRAWN)
    mean_error = 6 * math.sqrt(expect["variance"] / n) + 1e-5
    variance_error = 6 * math.sqrt((expect["fourth"] - expect["variance"] ** 2) / drawn) + 1e-5
    if not abs(mean - expect["mean"]) <= mean_error:
        return f"the mean is {mean!r}, expected {expect['mean']} ± {mean_error:.2g}"
    if not abs(variance - expect["variance"]) <= variance_error:
        return f"the variance is {variance!r}, expected {expect['variance']:.4g} ± {variance_error:.2g}"
    return None
