"""Elementwise functions: each is a Java method or a row of the op table of its name."""

from weft_bridge import arrays, row

from ._array import Array, elementwise, number, on, scalar
from ._java import camel, java

UNARY = """abs acos acosh asin asinh atan atanh bitwise_invert ceil conj cos cosh exp expm1 floor
imag isfinite isinf isnan log log1p log2 log10 logical_not negative positive real reciprocal round
sign signbit sin sinh square sqrt tan tanh trunc""".split()
BINARY = """add atan2 bitwise_and bitwise_left_shift bitwise_or bitwise_right_shift bitwise_xor
copysign divide equal floor_divide greater greater_equal hypot less less_equal logaddexp
logical_and logical_or logical_xor maximum minimum multiply nextafter not_equal pow remainder
subtract""".split()


def _unary(name):
    apply = elementwise(name)

    def function(x, /):
        return apply(x)

    function.__name__ = name
    return function


def _binary(name):
    apply = elementwise(name)

    def function(x1, x2, /):
        return apply(x1, x2)

    function.__name__ = name
    return function


def clip(x, /, min=None, max=None):
    bounds = [b if b is None or isinstance(b, Array) else scalar(b, x.dtype) for b in (min, max)]
    low, high = bounds
    if low is None:
        return x if high is None else on(x, "minimum", high)
    if high is None:
        return on(x, "maximum", low)
    return on(x, "apply", row("clip"), arrays([low.handle, high.handle]))


def where(condition, x1, x2, /):
    array = x1 if isinstance(x1, Array) else x2
    x1, x2 = (x if isinstance(x, Array) else number(x, array) for x in (x1, x2))
    return on(condition, "where", x1, x2)


def _is_there(name):
    return camel(name) in java.methods or any(row.startswith(name + "/") for row in java.rows)


FUNCTIONS = {name: _unary(name) for name in UNARY if _is_there(name)}
FUNCTIONS |= {name: _binary(name) for name in BINARY if _is_there(name)}
FUNCTIONS |= {"clip": clip, "where": where}
