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
        return bool((~np.isfinite(x) | (x < limits.min) | (x > limits.max)).any())


def _integer(x):
    return x.dtype.kind in "iub"


def reason(node, message):
    """Why a step may differ, or None. `message` is Weft's error, or empty."""
    step, operands = node.step, [np.asarray(operand.value) for operand in node.operands]
    if _unsafe_cast(step, operands):
        return "casts out of range follow Java"
    if step.startswith("reciprocal") and _any(operands, lambda x: _integer(x) and (x == 0).any()):
        return "reciprocal of integer 0"
    if step.startswith("round") and "bool" in message:
        return "round refuses bool"
    if step.startswith("clip") and "out of bounds" in message:
        return "bounds of clip must fit the type"
    if "** 2)" in step and operands[0].dtype == bool:
        return "bool ** 2"
    return None
