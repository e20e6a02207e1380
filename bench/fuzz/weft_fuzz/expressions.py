"""Trees of steps, evaluated by NumPy: as it is, with Weft's documented rules, and with small errors everywhere."""

import functools
import re

import numpy as np

# Steps whose result does not depend on who computes it, to the bit.
EXACT = re.compile(
    r"^(\(|abs|ceil|floor|round|rint|trunc|sign|isnan|isinf|isfinite|maximum|minimum|fmax|fmin|equal|not_equal|less"
    r"|greater|logical|bitwise|add|subtract|multiply|divide|sqrt|square|negative|positive|reciprocal|where|clip|copysign"
    r"|nextafter|signbit|fabs|conj|real|imag|nan_to_num|deg2rad|rad2deg|isclose|#0|min|max|any|all|count|nanmin|nanmax|ptp"
    r"|arg|nanarg|astype|concat|stack|vstack|hstack|ravel|reshape|transpose|flip|roll|swap|move|expand|atleast|rot90|diagonal"
    r"|tril|triu|tile|repeat|take|diff|squeeze|array_equal|allclose|heaviside|remainder|fmod|floor_divide|outer|kron)"
)
# Where either zero may win, or NumPy begins with one.
ZEROS = re.compile(r"^(maximum|minimum|fmax|fmin|clip|min|max|nanmin|nanmax|sum|nansum|mean|nanmean|trace|ptp|cumsum|matmul|dot|convolve|inner|vdot|vecdot|einsum|tensordot|polyval|\(#0 @)")
WIDE = re.compile(r"^(sum|prod|mean|var|std|nan|cumsum|cumprod|dot|matmul|inner|vdot|tensordot|trace|convolve|vecdot|einsum|average|cov|corrcoef|trapezoid|polyval|\(#0 @)")
NARROW = (np.float16, np.float32)
SMALL = ("bool", "int8", "uint8")


def _namespace():
    names = {name: getattr(np, name) for name in dir(np) if not name.startswith("_")}
    names["astype"] = lambda x, dtype: np.asarray(x).astype(dtype)
    return names


NAMESPACE = _namespace()


@functools.lru_cache(maxsize=100_000)
def compiled(step):
    return compile(step.replace("#", "a"), step, "eval")


class Node:
    """A step of operands, or an input, with what NumPy makes of it."""

    def __init__(self, step, operands, types, value=None):
        self.step = step
        self.operands = operands
        self.value = value if not operands else apply(step, [o.value for o in operands], types)

    @property
    def text(self):
        text = self.step
        for i, operand in enumerate(self.operands):
            text = text.replace(f"#{i}", operand.text)
        return text

    def nodes(self):
        """All steps below and this one, operands first."""
        for operand in self.operands:
            yield from operand.nodes()
        if self.operands:
            yield self

    def names(self):
        return {self.step} if not self.operands else set().union(*(o.names() for o in self.operands))


def apply(step, operands, types):
    """NumPy's result, where Weft has types that NumPy's result needs; else by Weft's documented rule."""
    with np.errstate(all="ignore"):
        result = eval(compiled(step), NAMESPACE, {f"a{i}": o for i, o in enumerate(operands)})
        if isinstance(result, (tuple, list)):
            raise TypeError("several results")
        result = np.asarray(result)
        if result.dtype == np.float16 and "float16" not in types:
            # Where NumPy gives float16 for 8-bit integers and bool, Weft gives float32.
            wide = [o.astype(np.float32) if np.asarray(o).dtype.name in SMALL else o for o in operands]
            return apply(step, wide, types)
        if result.dtype == np.uint64 and "uint64" not in types:
            # Sums and products of unsigned integers are int64.
            return result.astype(np.int64)
        return result


def wide(node, types):
    """With float16 and float32 summed in float64 and rounded once, as Weft does."""
    if not node.operands:
        return node.value
    operands = [wide(operand, types) for operand in node.operands]
    if WIDE.match(node.step) and any(o.dtype in NARROW for o in operands):
        plain = apply(node.step, operands, types)
        wider = [o.astype(np.float64) if o.dtype in NARROW else o for o in operands]
        with np.errstate(all="ignore"):
            return apply(node.step, wider, types).astype(plain.dtype)
    return apply(node.step, operands, types)


def noisy(values, rng):
    """Floating numbers with errors of some units in the last place; large integers as such numbers."""
    if values.dtype.kind in "iu" and values.dtype.itemsize >= 2:
        values = values.astype(np.float64)
    if values.dtype.kind not in "fc":
        return values
    with np.errstate(all="ignore"):
        noise = rng.uniform(-8, 8, values.shape) * np.finfo(values.dtype).eps
        return np.asarray((values * (1 + noise)).astype(values.dtype))


def overflowing(step, operands, types):
    """Where sums or products of finite numbers overflow, or vanish, in some order and not in another."""
    if not WIDE.match(step) or not all(o.dtype.kind in "fiub" for o in operands):
        return np.False_
    sizes = [np.where(np.isfinite(o), np.abs(o.astype(np.float64)), 0) for o in operands]
    if "prod" not in step:
        narrow = any(o.dtype == np.float32 for o in operands)
        with np.errstate(all="ignore"):
            total = apply(step, sizes, types)
        return ~(total < (3e38 if narrow else np.inf))
    large = apply(step, [np.maximum(size, 1) for size in sizes], types)
    small = apply(step, [np.where(size > 0, np.minimum(size, 1), 1) for size in sizes], types)
    return ~np.isfinite(large) | (small < np.finfo(np.float64).tiny)


def wobbled(node, types, rng):
    """With an error of some units in the last place in every inexact step, and either zero where both are right."""
    if not node.operands:
        return node.value
    operands = [wobbled(operand, types, rng) for operand in node.operands]
    if WIDE.match(node.step) and node.value.dtype.kind in "fc":
        # Sums in another order: what is added is not what it was.
        operands = [noisy(operand, rng) for operand in operands]
    result = np.asarray(apply(node.step, operands, types))
    if result.dtype.kind not in "fc" or result.size == 0:
        return result
    inexact = not EXACT.match(node.step) or "**" in node.step or "@" in node.step
    with np.errstate(all="ignore"):
        if inexact:
            result = noisy(result, rng)
            lost = overflowing(node.step, operands, types)
            result = np.where(lost, rng.choice([np.nan, 0.0]), result)
        if ZEROS.match(node.step):
            flip = (result == 0) & (rng.random(result.shape) < 0.5)
            result = np.where(flip, -result, result)
    return np.asarray(result)
