"""Complex numbers with NumPy (2.x), for ComplexSuite: complex.txt.gz, lines

    values NAME | RE IM ...                 operands; those of two in turns
    NAME TYPE OPERANDS | RE IM ...          elementwise
    NAME TYPE OPERANDS AXIS | RE IM ...     reductions of a matrix of 5 x 4 along an axis

Numbers are as Java reads them; truth values and real results have an imaginary part of 0. Functions of NumPy that
are off by more than a few units in the last place (seen beside mpmath) are computed by mpmath: log near 1, expm1,
log1p.
"""

import gzip
import itertools
import pathlib
import warnings

import mpmath
import numpy as np

OUT = pathlib.Path(__file__).parent.parent / "resources/dev/weft/testkit/numpy"
INF, NAN = float("inf"), float("nan")
PARTS = [0.0, -0.0, 1.0, -1.0, 0.5, -2.0, 3.7, 1e-5, -1e-3, 25.0, 300.0, -1e200, 1e-200, INF, -INF, NAN]
UNARY = """abs angle acos acosh asin asinh atan atanh conj cos cosh exp exp2 expm1 imag isfinite isinf isnan log log10
log1p log2 logical_not negative positive real reciprocal round sign sin sinh sqrt square tan tanh""".split()
NUMPY = {"acos": "arccos", "acosh": "arccosh", "asin": "arcsin", "asinh": "arcsinh", "atan": "arctan",
         "atanh": "arctanh", "pow": "power"}
BINARY = "add subtract multiply divide equal not_equal logical_and logical_or logical_xor pow".split()
RNG = np.random.default_rng(12)


def text(values):
    words = []
    for z in np.asarray(values).ravel():
        for part in (complex(z).real, complex(z).imag):
            words.append("NaN" if part != part else repr(part).replace("inf", "Infinity"))
    return " ".join(words)


def exactly(name, z):
    """Where NumPy is inexact or does as the processor does, mpmath or plain arithmetic."""
    if name == "square":
        return np.array([complex(x.real * x.real - x.imag * x.imag, x.real * x.imag * 2) for x in z.tolist()])
    found = getattr(np, NUMPY.get(name, name))(z)
    if name == "expm1":
        found = np.where(np.isfinite(z), found, np.exp(z) - 1)
    mpmath.mp.prec = 2000
    functions = {
        "log": mpmath.log, "log10": lambda x: mpmath.log(x) / mpmath.log(10),
        "log2": lambda x: mpmath.log(x) / mpmath.log(2),
        "log1p": lambda x: mpmath.log(1 + x), "expm1": mpmath.expm1}
    if name in functions:
        for i, x in enumerate(z):
            if np.isfinite(x) and np.isfinite(found[i]) and x != 0:
                exact = functions[name](mpmath.mpc(x.real, x.imag))
                found[i] = complex(float(exact.real), found[i].imag if x.imag == 0 else float(exact.imag))
    return found


def elementwise(lines):
    special = np.array([complex(a, b) for a, b in itertools.product(PARTS, PARTS)])
    random = RNG.normal(size=60) * np.exp(RNG.normal(size=60)) + 1j * RNG.normal(size=60)
    narrow = random.astype("complex64")
    for name, z in ("special", special), ("random", random), ("narrow", narrow):
        lines.append(f"values {name} | {text(z)}")
    for name in UNARY:
        lines.append(f"{name} complex128 special | {text(exactly(name, special))}")
        lines.append(f"{name} complex128 random | {text(exactly(name, random))}")
        result = exactly(name, narrow.astype("complex128"))
        if np.iscomplexobj(result):
            result = result.astype("complex64")
        lines.append(f"{name} complex64 narrow | {text(result)}")
    few = np.array([complex(a, b) for a, b in itertools.product([0.0, -0.0, 1.5, -2.0, INF, NAN], repeat=2)])
    left, right = (x.ravel() for x in np.meshgrid(few, few))
    more = RNG.normal(size=60) + 1j * RNG.normal(size=60)
    lines.append(f"values pairs | {text(np.stack([left, right], axis=1))}")
    lines.append(f"values random_pairs | {text(np.stack([random, more], axis=1))}")
    for name in BINARY:
        function = getattr(np, NUMPY.get(name, name))
        if name != "pow":
            lines.append(f"{name} complex128 pairs | {text(function(left, right))}")
        lines.append(f"{name} complex128 random_pairs | {text(function(random, more))}")


def reductions(lines):
    x = RNG.normal(size=(5, 4)) + 1j * RNG.normal(size=(5, 4))
    y = x.copy()
    y[1, 2] = complex(NAN, 1)
    lines.append(f"values matrix | {text(x)}")
    lines.append(f"values with_nan | {text(y)}")
    for name in "sum prod mean var std any all count_nonzero cumsum cumprod nansum nanmean nanprod".split():
        given, operand = (y, "with_nan") if name.startswith("nan") else (x, "matrix")
        for axis in (0, 1):
            lines.append(f"{name} complex128 {operand} {axis} | {text(getattr(np, name)(given, axis=axis))}")


if __name__ == "__main__":
    warnings.simplefilter("ignore")
    np.seterr(all="ignore")
    rows = []
    elementwise(rows)
    reductions(rows)
    with gzip.GzipFile(OUT / "complex.txt.gz", "wb", mtime=0) as out:
        out.write(("\n".join(rows) + "\n").encode())
