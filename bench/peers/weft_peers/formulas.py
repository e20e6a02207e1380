"""The formulas that all systems compute, written once against a NumPy-like namespace `xp`.

Python float constants take the dtype of the arrays they meet in every namespace used here.
"""

from . import library

RATE, VOLATILITY = 0.02, 0.3

# Abramowitz and Stegun 26.2.17: normal distribution function, |error| < 7.5e-8.
CDF_P = 0.2316419
CDF_B = (0.319381530, -0.356563782, 1.781477937, -1.821255978, 1.330274429)
INV_SQRT_2PI = 0.3989422804014327

# Highest power first: p(x) = ((c0·x + c1)·x + c2)·x + … + c8.
POLY = (0.5, -0.4, 0.3, -0.25, 0.2, -0.15, 0.1, -0.05, 1.0)


def normal_cdf(xp, d):
    a = xp.abs(d)
    k = 1.0 / (1.0 + CDF_P * a)
    b1, b2, b3, b4, b5 = CDF_B
    tail = INV_SQRT_2PI * xp.exp(-0.5 * a * a) * (
        k * (b1 + k * (b2 + k * (b3 + k * (b4 + k * b5)))))
    return xp.where(d < 0.0, tail, 1.0 - tail)


def black_scholes(xp, s, k, t):
    """Prices of a European call and put: spot s, strike k, years t."""
    spread = VOLATILITY * xp.sqrt(t)
    d1 = (xp.log(s / k) + (RATE + 0.5 * VOLATILITY * VOLATILITY) * t) / spread
    d2 = d1 - spread
    n1, n2 = normal_cdf(xp, d1), normal_cdf(xp, d2)
    discounted = k * xp.exp(-RATE * t)
    call = s * n1 - discounted * n2
    put = discounted * (1.0 - n2) - s * (1.0 - n1)
    return call, put


def poly8(x):
    p = POLY[0] * x + POLY[1]
    for c in POLY[2:]:
        p = p * x + c
    return p


def where_mix(xp, x, y):
    return xp.where((x > 0.0) & (y < 1.0), x * 2.0, y - 1.0)


def stencil5(q):
    return (q[:-2, 1:-1] + q[2:, 1:-1] + q[1:-1, :-2] + q[1:-1, 2:] + q[1:-1, 1:-1]) * 0.2


def compute(xp, workload, a):
    """The plain form of a deterministic workload: a tuple of results from the arrays `a`."""
    if workload.startswith("matmul_"):
        size = workload.removeprefix("matmul_")
        return (xp.matmul(a["a" + size], a["b" + size]),)
    if workload.startswith("solve_"):
        size = workload.removeprefix("solve_")
        matrix = a["a" + size]
        return (xp.linalg.solve(matrix + int(size) * xp.eye(int(size), dtype=matrix.dtype), a["b" + size]),)
    if workload in library.NAMES:
        return library.compute(xp, workload, a)
    x, y, m, q = a.get("x"), a.get("y"), a.get("m"), a.get("q")
    match workload:
        case "sum_sqrt":
            return (xp.sqrt(x * x + y * y).sum(),)
        case "exp_sin":
            return (xp.exp(-(x * x)) * xp.sin(y) + 1.0,)
        case "black_scholes":
            return black_scholes(xp, a["s"], a["k"], a["t"])
        case "add":
            return (x + y,)
        case "sum":
            return (x.sum(),)
        case "mean_std":
            return x.mean(), x.std()
        case "min":
            return (x.min(),)
        case "sum_axis0" | "sum_axis1":
            return (m.sum(axis=int(workload[-1])),)
        case "mean_std_axis0" | "mean_std_axis1":
            axis = int(workload[-1])
            return m.mean(axis=axis), m.std(axis=axis)
        case "min_axis0" | "min_axis1":
            return (m.min(axis=int(workload[-1])),)
        case "transpose_mean":
            return ((q + q.T).mean(axis=0),)
        case "poly8":
            return (poly8(x),)
        case "where_mix":
            return (where_mix(xp, x, y),)
        case "stencil5":
            return (stencil5(q),)
        case "softmax":
            e = xp.exp(m - m.max(axis=1, keepdims=True))
            return (e / e.sum(axis=1, keepdims=True),)
    raise KeyError(workload)
