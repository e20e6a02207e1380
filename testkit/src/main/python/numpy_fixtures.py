"""Writes what NumPy computes, as fixtures for the conformance suites. Needs NumPy 2.3 or newer.

Usage: python3 testkit/src/main/python/numpy_fixtures.py

elementwise.txt.gz  Lines "values DTYPE small|edges|random TOKENS" give inputs; lines
                    "row NAME ARITY DTYPE RESULT TOKENS" give results. Operands are
                    1: edges, then random;
                    2: edges x edges, then (r[i], r[(7 i + 1) mod n]);
                    3: small x small x small, then (r[i], r[(7 i + 1) mod n], r[(11 i + 2) mod n]).
types.txt           "NAME A B RESULT": result dtypes, "-" where NumPy refuses.
promotion.txt       "A B RESULT": numpy.promote_types.
reductions.txt      "DTYPE TOKENS | sum prod min max argmin argmax mean squares": words of partials.
order.txt           "LENGTH sum mean squares": bits in the order that every device keeps to.
scans.txt           "NAME DTYPE RESULT ROWS COLUMNS AXIS TOKENS | TOKENS": cumulative sums and products; float32
                    and float16
                    are added up in float64 and rounded.
float16.txt         as uint64.txt, computed in float64 and rounded once.
conversions.txt     "FROM TO TOKENS | TOKENS": astype, where NumPy does not leave the result to the machine; but
                    negative numbers as uint64 are those of x86-64, which wrap around.
mixed.txt           "NAME A B TOKENS | TOKENS | TOKENS": operands of types A and B, and truth values.
uint64.txt          "NAME RESULT TOKENS | TOKENS": named reductions of uint64 over all elements.

Tokens are decimal integers, or the bits of a float in hexadecimal; "n" is nan, "!" an error, "?"
anything. Functions that are not exact are computed in float64 and rounded for float32 and float16.
"""

import gzip
import pathlib
import struct
import warnings

import numpy as np

OUT = pathlib.Path(__file__).parent.parent / "resources/dev/weft/testkit/numpy"
DTYPES = "bool int8 int16 int32 int64 uint8 uint16 uint32 uint64 float16 float32 float64".split()
ALL_DTYPES = DTYPES + ["complex64", "complex128"]

EXACT_UNARY = """abs bitwise_invert ceil conj fabs floor imag isfinite isinf isnan logical_not nan_to_num
negative positive real reciprocal rint round sign signbit spacing sqrt square trunc deg2rad rad2deg""".split()
INEXACT_UNARY = """acos acosh asin asinh atan atanh cbrt cos cosh exp exp2 expm1 log log10 log1p log2
sin sinh tan tanh""".split()
EXACT_BINARY = """add bitwise_and bitwise_left_shift bitwise_or bitwise_right_shift bitwise_xor copysign
divide equal floor_divide fmax fmin fmod gcd greater greater_equal heaviside isclose lcm less less_equal
logical_and logical_or logical_xor maximum minimum multiply nextafter not_equal remainder subtract""".split()
INEXACT_BINARY = "atan2 hypot logaddexp logaddexp2 pow".split()
TERNARY = "clip where".split()
UNARY = EXACT_UNARY + INEXACT_UNARY
BINARY = EXACT_BINARY + INEXACT_BINARY
RANDOM = 200


def token(x):
    if x.dtype.kind == "f":
        if np.isnan(x):
            return "n"
        return "%x" % int.from_bytes(x.tobytes(), "little")
    return str(int(x))


def tokens(values):
    return " ".join(token(x) for x in values)


def edges(dtype):
    kind = np.dtype(dtype)
    if kind.kind == "b":
        return np.array([False, True])
    if kind.kind in "iu":
        info = np.iinfo(kind)
        values = {0, 1, 2, 3, 7, 8, 31, 63, 64, 100, info.max, info.max - 1, info.min}
        if kind == np.uint64:
            values |= {2**63 - 1, 2**63, 2**63 + 1, 2**53 + 1}
        if kind.kind == "i":
            values |= {-1, -2, -3, -64, info.min + 1}
        return np.array(sorted(values), dtype)
    info = np.finfo(kind)
    sizes = [0, 0.5, 1, 1.5, 2, 2.5, 3, 10, 1e-9, info.max, info.smallest_subnormal, info.tiny, 1e15]
    sizes += [np.pi, 100.25, np.inf]
    return np.array([s * v for v in sizes for s in (1, -1)] + [np.nan], dtype)


def small(dtype):
    values = edges(dtype)
    if np.dtype(dtype).kind == "f":
        return np.array([0.0, -0.0, 1.5, -2.0, np.inf, -np.inf, np.nan], dtype)
    return values[:: max(1, len(values) // 6)]


def randoms(dtype):
    rng = np.random.default_rng(np.dtype(dtype).num)
    kind = np.dtype(dtype)
    if kind.kind == "b":
        return rng.integers(0, 2, RANDOM).astype(bool)
    if kind.kind in "iu":
        info = np.iinfo(kind)
        wide = rng.integers(info.min, info.max, RANDOM, dtype, endpoint=True)
        near = rng.integers(-9 if kind.kind == "i" else 0, 20, RANDOM).astype(dtype)
        return np.where(np.arange(RANDOM) % 2 == 0, wide, near)
    near = rng.uniform(-4, 4, RANDOM)
    halves = rng.integers(-40, 40, RANDOM) / 2
    wide = rng.uniform(-1, 1, RANDOM) * 2.0 ** rng.integers(-100, 100, RANDOM)
    choice = np.arange(RANDOM) % 4
    return np.where(choice == 0, halves, np.where(choice == 1, wide, near)).astype(dtype)


def operands(arity, e, s, r):
    i = np.arange(len(r))
    if arity == 1:
        return [np.concatenate([e, r])]
    if arity == 2:
        a, b = (x.ravel() for x in np.meshgrid(e, e, indexing="ij"))
        return [np.concatenate([a, r]), np.concatenate([b, r[(7 * i + 1) % len(r)]])]
    a, b, c = (x.ravel() for x in np.meshgrid(s, s, s, indexing="ij"))
    return [
        np.concatenate([a, r]),
        np.concatenate([b, r[(7 * i + 1) % len(r)]]),
        np.concatenate([c, r[(11 * i + 2) % len(r)]]),
    ]


def function(name):
    return np.fabs if name == "fabs" else getattr(np, name)


def result(name, x):
    """The values and, where it is not every element, which of them count."""
    f = function(name)
    kind = f(*[a[:1] for a in x]).dtype
    if name in INEXACT_UNARY + INEXACT_BINARY and kind in (np.float16, np.float32):
        return f(*[a.astype(np.float64) for a in x]).astype(kind)
    return f(*x)


def row(name, arity, dtype):
    x = operands(arity, edges(dtype), small(dtype), randoms(dtype))
    whole = np.dtype(dtype).kind in "iub"
    if name == "pow" and whole:
        refused = x[1] < 0
        values = np.pow(x[0], np.where(refused, 0, x[1]).astype(dtype))
        out = ["!" if bad else token(v) for bad, v in zip(refused, values)]
        return values.dtype, " ".join(out)
    values = result(name, x)
    if name == "reciprocal" and whole:
        return values.dtype, " ".join(
            "?" if a == 0 else token(v) for a, v in zip(x[0], values)
        )
    return values.dtype, tokens(values)


def elementwise():
    lines = []
    for dtype in DTYPES:
        lines.append(f"values {dtype} edges {tokens(edges(dtype))}")
        lines.append(f"values {dtype} small {tokens(small(dtype))}")
        lines.append(f"values {dtype} random {tokens(randoms(dtype))}")
    for arity, names in ((1, UNARY), (2, BINARY), (3, TERNARY)):
        for name in sorted(names):
            for dtype in DTYPES:
                try:
                    kind, text = row(name, arity, dtype)
                except TypeError:
                    continue
                lines.append(f"row {name} {arity} {dtype} {kind} {text}")
    with open(OUT / "elementwise.txt.gz", "wb") as file:
        with gzip.GzipFile("", "wb", 9, file, mtime=0) as packed:
            packed.write(("\n".join(lines) + "\n").encode())


def types():
    lines = []
    for name in sorted(UNARY + BINARY):
        for a in DTYPES:
            for b in DTYPES if name in BINARY else DTYPES[:1]:
                x = [np.ones(1, a)] + ([np.ones(1, b)] if name in BINARY else [])
                try:
                    found = str(function(name)(*x).dtype)
                except TypeError:
                    found = "-"
                lines.append(f"{name} {a} {b if name in BINARY else a} {found}")
    (OUT / "types.txt").write_text("\n".join(lines) + "\n")


def promotion():
    lines = [f"{a} {b} {np.promote_types(a, b)}" for a in ALL_DTYPES for b in ALL_DTYPES]
    (OUT / "promotion.txt").write_text("\n".join(lines) + "\n")


def reductions():
    lines = []
    for dtype in (d for d in DTYPES if d != "float16"):
        for length in (1, 2, 3, 7, 64, 65, 130):
            for awkward in (False, True):
                x = randoms(dtype)[:length]
                if awkward:
                    x = np.concatenate([x, edges(dtype), x[::-1]])
                wide = np.float64 if x.dtype.kind == "f" else np.uint64 if dtype == "uint64" else np.int64
                y = x.astype(wide)
                z = x.astype(np.float64)
                mean = np.mean(z)
                squares = np.sum((z - mean) ** 2)
                found = [np.sum(y), np.prod(y), np.min(y), np.max(y), np.argmin(x), np.argmax(x)]
                found += [mean, squares]
                lines.append(f"{dtype} {tokens(x)} | {tokens(found)}")
    (OUT / "reductions.txt").write_text("\n".join(lines) + "\n")


def lanes(x):
    """The sum of one block: 64 lanes, then by halving."""
    lane = list(x[:64])
    for i in range(64, len(x)):
        lane[i % 64] += x[i]
    width = 32
    while width:
        for i in range(width):
            if i + width < len(lane):
                lane[i] += lane[i + width]
        width //= 2
    return lane[0]


def tree(parts, combine):
    while len(parts) > 1:
        pairs = [combine(*parts[i : i + 2]) for i in range(0, len(parts) - 1, 2)]
        parts = pairs + ([parts[-1]] if len(parts) % 2 else [])
    return parts[0]


def chan(a, b):
    n = a[0] + b[0]
    delta = b[1] - a[1]
    mean = a[1] + delta * (b[0] / n)
    return n, mean, a[2] + b[2] + delta * delta * (float(a[0]) * b[0] / n)


def order():
    lines = []
    for length in (1, 2, 3, 63, 64, 65, 100, 4095, 4096, 4097, 4160, 8192, 8193, 12289, 20481, 30000):
        x = [((i * 2654435761) % 2**32) / 2**32 * 10.0 ** (i % 7) - 0.5 for i in range(length)]
        blocks = [x[i : i + 4096] for i in range(0, length, 4096)]
        total = tree([lanes(b) for b in blocks], lambda a, b: a + b)
        moments = []
        for b in blocks:
            mean = lanes(b) / len(b)
            moments.append((len(b), mean, lanes([(v - mean) * (v - mean) for v in b])))
        _, mean, squares = tree(moments, chan)
        words = " ".join("%x" % struct.unpack("<Q", struct.pack("<d", v))[0] for v in (total, mean, squares))
        lines.append(f"{length} {words}")
    (OUT / "order.txt").write_text("\n".join(lines) + "\n")


def scans():
    random = np.random.default_rng(9)
    lines = []
    for dtype in DTYPES:
        kind = np.dtype(dtype).kind
        for rows, columns, axis in ((1, 15, 1), (15, 1, 0), (5, 7, 0), (5, 7, 1), (2, 0, 1), (0, 3, 0)):
            if kind == "f":
                x = (random.normal(size=(rows, columns)) * 3).astype(dtype)
                x.flat[:1] = -0.0
                if columns == 7:
                    x[1, 2], x[3, 5], x[4, 0] = np.nan, np.inf, -np.inf
                result, wide = dtype, np.float64
            else:
                info = np.iinfo(dtype) if kind != "b" else None
                low, high = (0, 1) if info is None else (info.min, info.max)
                x = random.integers(low, high, size=(rows, columns), dtype=np.int64 if kind != "u" else np.uint64,
                                    endpoint=True).astype(dtype)
                result = wide = "uint64" if kind == "u" else "int64"
            for name in ("cumsum", "cumprod", "nancumsum", "nancumprod"):
                y = getattr(np, name)(x, axis=axis, dtype=wide).astype(result)
                words = f"{name} {dtype} {result} {rows} {columns} {axis} {tokens(x.flat)} | {tokens(y.flat)}"
                lines.append(" ".join(words.split()))
    (OUT / "scans.txt").write_text("\n".join(lines) + "\n")


def conversions():
    """As NumPy's loops of many elements make them."""
    whole = [0, 1, 2, 127, 128, 255, 256, 32767, 32768, 65535, 65536, 16777217, 2**31 - 1, 2**31, 2**32 - 1,
             2**32, 2**53 + 1, 2**62 + 12345, 2**63 - 1, 2**63, 2**63 + 1025, 2**64 - 1]
    real = [0.0, -0.0, 0.5, -0.5, 1.5, -1.5, 2.999, -2.999, 100.25, -100.75, 1e10, -1e10, 16777217.0, 1e300,
            np.nan, np.inf, -np.inf, 0.1, 1e18, 2.0**62, 2.0**63 - 1024, 2.0**63, 2.0**63 + 2048, 2.0**64 - 2048,
            2.0**64, -1.0, -2.0, -1e18, 1e-45, 65504.0, 65519.0, 65520.0, 1e-8, 3e-8, 6e-8, 1.0009765625, 1.00048828125]
    lines = []
    for a in DTYPES:
        kind = np.dtype(a).kind
        if kind == "b":
            x = np.array([False, True])
        elif kind == "f":
            x = np.array(real).astype(a)
        else:
            info = np.iinfo(a)
            x = np.array([i for i in whole + [-i for i in whole] if info.min <= i <= info.max], a)
        for b in DTYPES:
            kept = x
            if kind == "f" and np.dtype(b).kind in "iu":
                info = np.iinfo(b)
                low = -(2**63) + 1024 if b == "uint64" else info.min
                kept = np.array([v for v in x if np.isfinite(v) and low <= int(v) <= info.max], a)
            lines.append(f"{a} {b} {tokens(kept)} | {tokens(kept.astype(b))}")
    (OUT / "conversions.txt").write_text("\n".join(lines) + "\n")


def mixed():
    """Comparisons of uint64 and signed integers."""
    lines = []
    for a, b in (("uint64", "int64"), ("int64", "uint64"), ("uint64", "int8"), ("int32", "uint64")):
        x, y = (v.ravel() for v in np.meshgrid(edges(a)[::2], edges(b)[::2]))
        for name in "equal not_equal less less_equal greater greater_equal".split():
            found = function(name)(x, y)
            lines.append(f"{name} {a} {b} {tokens(x)} | {tokens(y)} | {tokens(found)}")
    (OUT / "mixed.txt").write_text("\n".join(lines) + "\n")


def uint64():
    lines = []
    for length in (1, 5, 40):
        x = np.concatenate([randoms("uint64")[:length], edges("uint64"), randoms("uint64")[:length]])
        for name in "sum prod min max mean var std any all argmin argmax count_nonzero".split():
            x = x | np.uint64(name == "prod")
            found = np.asarray(getattr(np, name)(x))
            lines.append(f"{name} {found.dtype} {tokens(x)} | {token(found)}")
    (OUT / "uint64.txt").write_text("\n".join(lines) + "\n")


def float16():
    lines = []
    for length in (1, 5, 40):
        x = (np.arange(length) * 37 % 101 / 8 - 4.875).astype("float16")
        for name in "sum prod min max mean var std any all argmin argmax count_nonzero".split():
            kind = np.asarray(getattr(np, name)(x)).dtype
            found = np.asarray(getattr(np, name)(x.astype(np.float64))).astype(kind)
            lines.append(f"{name} {found.dtype} {tokens(x)} | {token(found)}")
    (OUT / "float16.txt").write_text("\n".join(lines) + "\n")


if __name__ == "__main__":
    warnings.simplefilter("ignore")
    np.seterr(all="ignore")
    OUT.mkdir(parents=True, exist_ok=True)
    elementwise()
    types()
    promotion()
    reductions()
    order()
    scans()
    conversions()
    mixed()
    uint64()
    float16()
