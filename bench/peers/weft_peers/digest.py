"""A digest stands for a result: enough to compare two systems without moving the arrays."""

import math

import numpy as np

SAMPLES = 1000
STRIDE = 2654435761  # odd and large: the samples spread over rows, columns and chunks


def sample_indices(size):
    """Flat row-major indices: all of them up to SAMPLES, else (j · STRIDE) mod size."""
    if size <= SAMPLES:
        return np.arange(size)
    return (np.arange(SAMPLES, dtype=np.uint64) * np.uint64(STRIDE)) % np.uint64(size)


def digest(results):
    """The digest of a tuple of arrays or scalars."""
    return {"values": [_one(np.asarray(r)) for r in results]}


def _one(a):
    flat = np.ascontiguousarray(a).reshape(-1)
    return {
        "shape": list(a.shape),
        "dtype": str(a.dtype),
        "sum": float(flat.sum(dtype=np.float64)),
        "min": float(flat.min()),
        "max": float(flat.max()),
        "samples": [float(v) for v in flat[sample_indices(flat.size)]],
    }


RTOL = {"float64": 1e-9, "float32": 1e-4}


def disagreement(got, want, dtype):
    """None when the digests agree, else what differs. Tolerances are relative to the largest value."""
    rtol = RTOL[dtype]
    if len(got["values"]) != len(want["values"]):
        return f"{len(got['values'])} outputs, expected {len(want['values'])}"
    for i, (g, w) in enumerate(zip(got["values"], want["values"])):
        if list(g["shape"]) != list(w["shape"]):
            return f"output {i}: shape {g['shape']}, expected {w['shape']}"
        if g.get("dtype", dtype) != dtype:
            return f"output {i}: dtype {g['dtype']}, expected {dtype}"
        size = math.prod(w["shape"])
        largest = max(abs(w["min"]), abs(w["max"]))
        for key, scale in (("min", largest), ("max", largest), ("sum", largest * size)):
            if not abs(g[key] - w[key]) <= rtol * scale:
                return f"output {i}: {key} {g[key]!r}, expected {w[key]!r}"
        if len(g["samples"]) != len(w["samples"]):
            return f"output {i}: {len(g['samples'])} samples, expected {len(w['samples'])}"
        for j, (a, b) in enumerate(zip(g["samples"], w["samples"])):
            if not abs(a - b) <= rtol * (abs(b) + 0.01 * largest):
                return f"output {i}: sample {j} is {a!r}, expected {b!r}"
    return None


def moments_disagreement(got, expect, n):
    """Checks the mean of n random numbers, and a variance, within 6 standard errors."""
    if len(got["values"]) != 2:
        return f"{len(got['values'])} outputs, expected mean and variance"
    mean, variance = (v["samples"][0] for v in got["values"])
    mean_error = 6 * math.sqrt(expect["variance"] / n)
    variance_error = 6 * math.sqrt((expect["fourth"] - expect["variance"] ** 2)
                                   / got["variance_count"])
    slack = 1e-5  # a float32 mean is itself rounded
    if not abs(mean - expect["mean"]) <= mean_error + slack:
        return f"mean {mean!r}, expected {expect['mean']} ± {mean_error:.2g}"
    if not abs(variance - expect["variance"]) <= variance_error + slack:
        return f"variance {variance!r}, expected {expect['variance']:.6g} ± {variance_error:.2g}"
    return None
