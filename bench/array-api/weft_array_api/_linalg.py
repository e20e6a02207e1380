"""The extension linalg: methods of arrays by their names."""

from collections import namedtuple
from types import SimpleNamespace

from weft_bridge import axes as axes_word

from ._array import on
from ._java import camel, needs, present
from ._manipulation import matrix_transpose
from ._reductions import FUNCTIONS as REDUCTIONS


@needs("cross")
def cross(x1, x2, /, *, axis=-1):
    return on(x1, "cross", x2, axis)


@needs("diagonal")
def diagonal(x, /, *, offset=0):
    return on(x, "diagonal", offset, -2, -1)


@needs("outer")
def outer(x1, x2, /):
    return on(x1, "outer", x2)


@needs("diagonal")
def trace(x, /, *, offset=0, dtype=None):
    if dtype is None:
        return on(x, "trace", offset, -2, -1)
    return on(diagonal(x, offset=offset), "sum", dtype.word, axes_word((-1,)))


@needs("vectorNorm")
def vector_norm(x, /, *, axis=None, keepdims=False, ord=2):
    listed = axis if axis is None or isinstance(axis, (tuple, list)) else (axis,)
    return on(x, "vectorNorm", float(ord), axes_word(listed, keepdims))


@needs("matrixNorm", "frobeniusNorm", "nuclearNorm")
def matrix_norm(x, /, *, keepdims=False, ord="fro"):
    named = {"fro": "frobeniusNorm", "nuc": "nuclearNorm"}
    norm = on(x, named[ord]) if ord in named else on(x, "matrixNorm", float(ord))
    return on(on(norm, "expandDims", -1), "expandDims", -1) if keepdims else norm


@needs("matrixPower")
def matrix_power(x, n, /):
    return on(x, "matrixPower", n)


def _of_one(name):
    @needs(camel(name))
    def function(x, /):
        return on(x, camel(name))

    function.__name__ = name
    return function


@needs("cholesky")
def cholesky(x, /, *, upper=False):
    return on(x, "cholesky", upper)


@needs("solve")
def solve(x1, x2, /):
    return on(x1, "solve", x2)


def _tuple(name, fields):
    kind = namedtuple(name.capitalize() + "Result", fields)

    @needs(camel(name))
    def function(x, /):
        return kind(*on(x, camel(name)))

    function.__name__ = name
    return function


@needs("qr")
def qr(x, /, *, mode="reduced"):
    return namedtuple("QRResult", "Q R")(*on(x, "qr", mode == "complete"))


@needs("svd")
def svd(x, /, *, full_matrices=True):
    return namedtuple("SVDResult", "U S Vh")(*on(x, "svd", full_matrices))


@needs("pinv")
def pinv(x, /, *, rtol=None):
    return on(x, "pinv") if rtol is None else on(x, "pinv", rtol)


@needs("matrixRank")
def matrix_rank(x, /, *, rtol=None):
    return on(x, "matrixRank") if rtol is None else on(x, "matrixRank", rtol)


SHARED = {name: REDUCTIONS[name] for name in ("matmul", "tensordot", "vecdot") if name in REDUCTIONS}
FUNCTIONS = SHARED | present(
    [matrix_transpose, cross, diagonal, outer, trace, vector_norm, matrix_norm, matrix_power, cholesky]
    + [_of_one(name) for name in ("det", "eigvalsh", "eigvals", "inv", "svdvals")]
    + [_tuple("eigh", "eigenvalues eigenvectors"), _tuple("eig", "eigenvalues eigenvectors")]
    + [_tuple("slogdet", "sign logabsdet"), solve, qr, svd, pinv, matrix_rank]
)
linalg = SimpleNamespace(**FUNCTIONS)
