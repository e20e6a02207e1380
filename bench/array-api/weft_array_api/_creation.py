"""Arrays from numbers."""

from weft_bridge import integers

from ._array import Array, asarray, check_device, on, wrap
from ._java import call, needs, present
from ._types import TYPES, default


def _extents(shape):
    return integers(shape if isinstance(shape, (tuple, list)) else (shape,))


def _cast(x, dtype):
    return x if dtype is None else on(x, "cast", dtype.word)


def _session(method, *values):
    given = [value.handle if isinstance(value, Array) else value for value in values]
    return wrap(call("session", method, *given))


def _made(method, shape, dtype, device):
    check_device(device)
    types = () if dtype is None else (dtype.word,)
    return _session(method, *types, _extents(shape))


def zeros(shape, *, dtype=None, device=None):
    return _made("zeros", shape, dtype, device)


def ones(shape, *, dtype=None, device=None):
    return _made("ones", shape, dtype, device)


def empty(shape, *, dtype=None, device=None):
    return _made("empty", shape, dtype or TYPES["float64"], device)


def full(shape, fill_value, *, dtype=None, device=None):
    check_device(device)
    dtype = dtype or default([fill_value])
    if isinstance(fill_value, complex):
        return on(asarray(fill_value, dtype=dtype), "broadcastTo", _extents(shape))
    value = int(fill_value) if isinstance(fill_value, bool) else fill_value
    return _session("full", dtype.word, value, _extents(shape))


def zeros_like(x, /, *, dtype=None, device=None):
    check_device(device)
    return _cast(_session("zerosLike", x), dtype)


def ones_like(x, /, *, dtype=None, device=None):
    check_device(device)
    return _cast(_session("onesLike", x), dtype)


def empty_like(x, /, *, dtype=None, device=None):
    check_device(device)
    return _cast(_session("emptyLike", x), dtype)


def full_like(x, /, fill_value, *, dtype=None, device=None):
    return full(x.shape, fill_value, dtype=dtype or x.dtype, device=device)


def eye(n_rows, n_cols=None, /, *, k=0, dtype=None, device=None):
    check_device(device)
    return _cast(_session("eye", n_rows, n_rows if n_cols is None else n_cols, k), dtype)


def arange(start, /, stop=None, step=1, *, dtype=None, device=None):
    check_device(device)
    if stop is None:
        start, stop = 0, start
    numbers = (start, stop, step)
    if any(isinstance(n, float) for n in numbers):
        numbers = tuple(map(float, numbers))
    return _cast(_session("arange", *numbers), dtype)


def linspace(start, stop, /, num, *, dtype=None, device=None, endpoint=True):
    check_device(device)
    method = "linspace" if endpoint else "linspaceOpen"
    if any(isinstance(n, complex) for n in (start, stop)):
        raise TypeError("Java's linspace takes real numbers")
    return _cast(_session(method, float(start), float(stop), num), dtype)


@needs("meshgrid", where="session_methods")
def meshgrid(*arrays, indexing="xy"):
    from ._manipulation import handles

    return tuple(_session("meshgrid", indexing == "xy", False, handles(arrays)))


@needs("tril")
def tril(x, /, *, k=0):
    return on(x, "tril", k)


@needs("triu")
def triu(x, /, *, k=0):
    return on(x, "triu", k)


FUNCTIONS = {"asarray": asarray} | present(
    [zeros, ones, empty, full, zeros_like, ones_like, empty_like, full_like, eye, arange, linspace,
     meshgrid, tril, triu]
)  # fmt: skip
