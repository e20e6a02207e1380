"""Functions over axes: statistics, truth, searching, sorting, sets."""

from collections import namedtuple

from weft_bridge import axes as axes_word
from weft_bridge import integers

from ._array import Array, on, scalar
from ._java import java, needs, present


def _axes(axis, keepdims):
    listed = axis if axis is None or isinstance(axis, (tuple, list)) else (axis,)
    return axes_word(listed, keepdims)


def _named(name, parameters):
    """A reduction with standard arguments, of which Java gets those that differ from defaults."""

    def function(x, /, *, axis=None, keepdims=False):
        return on(x, name, _axes(axis, keepdims))

    def typed(x, /, *, axis=None, dtype=None, keepdims=False):
        types = () if dtype is None else (dtype.word,)
        return on(x, name, *types, _axes(axis, keepdims))

    def corrected(x, /, *, axis=None, correction=0.0, keepdims=False):
        return on(x, name, float(correction), _axes(axis, keepdims))

    chosen = {"": function, "dtype": typed, "correction": corrected}[parameters]
    chosen.__name__ = name
    return chosen


def _position(name):
    def function(x, /, *, axis=None, keepdims=False):
        axes = () if axis is None else (axis,)
        if not keepdims:
            return on(x, name, integers(axes))
        return on(x, name, axes_word(None if axis is None else axes, True))

    function.__name__ = name
    return function


@needs("countNonzero")
def count_nonzero(x, /, *, axis=None, keepdims=False):
    return on(x, "countNonzero", _axes(axis, keepdims))


def _scan(name, short, method):
    def function(x, /, *, axis=None, dtype=None, include_initial=False):
        if axis is None:
            if x.ndim != 1:
                raise ValueError(f"{name} of {x.ndim} axes needs one named")
            axis = 0
        if method in java.methods:
            return on(x, method, axis, None if dtype is None else dtype.word, include_initial)
        if dtype is not None or include_initial:
            raise NotImplementedError(f"Java's {short} takes neither dtype nor include_initial")
        return on(x, short, axis)

    function.__name__ = name
    return function


def diff(x, /, *, axis=-1, n=1, prepend=None, append=None):
    if prepend is None and append is None:
        return on(x, "diff", n, axis)
    return on(x, "diff", n, axis, prepend, append)


def matmul(x1, x2, /):
    return on(x1, "matmul", x2)


def tensordot(x1, x2, /, *, axes=2):
    if isinstance(axes, int):
        return on(x1, "tensordot", x2, axes)
    return on(x1, "tensordot", x2, integers(axes[0]), integers(axes[1]))


@needs("vecdot")
def vecdot(x1, x2, /, *, axis=-1):
    return on(x1, "vecdot", x2, axis)


@needs("nonzero")
def nonzero(x, /):
    return tuple(on(x, "nonzero"))


@needs("searchsorted")
def searchsorted(x1, x2, /, *, side="left", sorter=None):
    if side not in ("left", "right"):
        raise ValueError(f"side {side!r} is neither left nor right")
    ordered = x1 if sorter is None else on(x1, "take", sorter, 0)
    return on(ordered, "searchsorted", _array(x2, x1), side == "right")


@needs("isin")
def isin(x1, x2, /, *, invert=False):
    found = on(_array(x1, x2), "isin", _array(x2, x1))
    return on(found, "logicalNot") if invert else found


def _array(value, other):
    return value if isinstance(value, Array) else scalar(value, other.dtype)


@needs("sort")
def sort(x, /, *, axis=-1, descending=False, stable=True):
    return on(x, "sort", axis, descending)


@needs("argsort")
def argsort(x, /, *, axis=-1, descending=False, stable=True):
    return on(x, "argsort", axis, descending)


UniqueAll = namedtuple("UniqueAll", "values indices inverse_indices counts")
UniqueCounts = namedtuple("UniqueCounts", "values counts")
UniqueInverse = namedtuple("UniqueInverse", "values inverse_indices")


def _distinct(x):
    """Values, where they are first, where each element went, how often they are; each NaN for itself."""
    values, indices, inverse, counts = on(x, "distinct", False)
    return values, indices, on(inverse, "reshape", integers(x.shape)), counts


@needs("distinct")
def unique_all(x, /):
    return UniqueAll(*_distinct(x))


@needs("distinct")
def unique_counts(x, /):
    values, _, _, counts = _distinct(x)
    return UniqueCounts(values, counts)


@needs("distinct")
def unique_inverse(x, /):
    values, _, inverse, _ = _distinct(x)
    return UniqueInverse(values, inverse)


@needs("unique")
def unique_values(x, /):
    return on(x, "unique", False)


FUNCTIONS = present(
    [_named(name, "") for name in ("all", "any", "max", "min")]
    + [_named(name, "correction") for name in ("std", "var")]
    + [_named("mean", ""), _named("sum", "dtype"), _named("prod", "dtype")]
    + [_position("argmax"), _position("argmin"), count_nonzero, diff, matmul, tensordot]
    + [_scan("cumulative_sum", "cumsum", "cumulativeSum")]
    + [_scan("cumulative_prod", "cumprod", "cumulativeProd")]
    + [vecdot, nonzero, searchsorted, isin, sort, argsort]
    + [unique_all, unique_counts, unique_inverse, unique_values]
)
