"""Differences that docs/numpy-differences.md states, told by step, operands and what differs."""

import re

import numpy as np


def _any(values, test):
    return any(test(np.asarray(value)) for value in values)


def _unsafe_cast(step, operands):
    if not step.startswith("astype"):
        return False
    target = np.dtype(re.search(r"'(\w+)'", step).group(1))
    (x,) = operands
    if target.kind not in "iu" or x.dtype.kind != "f":
        return False
    limits = np.iinfo(target)
    with np.errstate(all="ignore"):
        return bool((~np.isfinite(x) | (x < limits.min) | (x >= limits.max + 1.0)).any())


def _has(x, special):
    return x.dtype.kind == "f" and bool((np.isnan(x) if np.isnan(special) else x == special).any())


def _integer(x):
    return x.dtype.kind in "iub"


def reason(node, message):
    """Why a step may differ, or None. `message` is Weft's error, or empty."""
    step, operands = node.step, [np.asarray(operand.value) for operand in node.operands]
    if "have no order" in message or "does not take complex" in message:
        return "complex numbers have no order"
    if "would lose the imaginary parts" in message:
        return "complex numbers are not cast to real ones"
    if "does not accept float16" in message:
        return "nextafter, spacing and nan_to_num refuse float16"
    if _unsafe_cast(step, operands):
        return "casts out of range follow Java"
    if step.startswith("reciprocal") and _any(operands, lambda x: _integer(x) and (x == 0).any()):
        return "reciprocal of integer 0"
    if step.startswith("round") and "bool" in message:
        return "round refuses bool"
    if re.search(r"\*\* 0\.5\)", step) and _any(operands, lambda x: _has(x, -np.inf)):
        return "-inf ** 0.5 is IEEE's"
    if step.startswith(("signbit", "copysign")) and _any(operands, lambda x: _has(x, np.nan)):
        return "the sign of NaN"
    if step.startswith("take") and "out of bounds" in message:
        return "positions out of range are refused where nothing is taken, too"
    if step.startswith(("inner", "dot")) and any(o.ndim == 0 for o in operands):
        return "NumPy's library of products gives 0 for nan times 0 without axes"
    if step.startswith("round(#0, -") and _any(operands, _integer):
        return "integers are rounded to tens exactly, and wrap"
    if "negative power" in message and _any(operands, lambda x: x.size == 0):
        return "negative powers of integers are refused, of none too"
    if step.startswith("cross") and "3 components" in message:
        return "cross takes vectors of 3 components"
    if re.match("(nan)?(quantile|percentile|median)|i0", step) and _any(
        operands, lambda x: x.dtype.kind == "f" and np.isinf(x).any()
    ):
        return "infinities have quantiles and Bessel functions"
    if re.match("(nan)?(quantile|percentile|median)", step) and operands[0].dtype == np.float32:
        return "quantiles of float32 are computed in float64"
    if re.match("(nan)?(quantile|percentile)", step) and operands[0].dtype.kind in "iu":
        return "NumPy's differences of integers overflow in quantiles"
    if step.startswith("polyval") and not np.isfinite(operands[1]).all():
        return "polynomials begin with their first coefficient, NumPy's with 0 times x"
    if re.match("set(diff|xor)1d|union1d|intersect1d", step) and _any(
        operands, lambda x: x.dtype.kind in "iu" and x.size > 0 and abs(float(x.max())) > 2**53
    ):
        return "NumPy takes large integers that are one float64 for equal"
    if step.startswith("polyval") and operands[0].size == 0:
        return "polynomials without coefficients have the promoted type"
    if step.startswith("polyval") and "use a vector" in message:
        return "coefficients are a vector"
    if step.startswith("argsort") and operands[0].ndim == 0:
        return "an array without axes has no order"
    if step.startswith("clip") and "out of bounds" in message:
        return "bounds of clip must fit the type"
    if "** 2)" in step and operands[0].dtype == bool:
        return "bool ** 2"
    return None
