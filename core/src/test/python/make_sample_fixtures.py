"""Writes what SciPy makes of samples, and quantiles of distributions, for SampleMethodsTest and DistributionsTest.
Needs NumPy and SciPy.

    python3 core/src/test/python/make_sample_fixtures.py

sample-fixtures.txt        lines "rows columns values" give two samples, a and b; lines "name axis values" results
distribution-fixtures.txt  lines "name parameters | mean variance | p:quantile ..."; of whole numbers "p" is the
                           probability of at most the number
"""

import pathlib

import numpy as np
from scipy import stats

OUT = pathlib.Path(__file__).parent.parent / "resources/dev/weft/core"


def numbers(values):
    return " ".join(repr(float(v)) for v in np.ravel(values))


def samples():
    random = np.random.default_rng(5)
    a = random.gamma(2.0, 3.0, size=(7, 4))
    b = random.normal(5.0, 2.0, size=(7, 4))
    lines = [f"a 7 4 {numbers(a)}", f"b 7 4 {numbers(b)}"]
    for axis in (0, 1, None):
        name = "None" if axis is None else str(axis)
        for order in (0, 1, 2, 3, 5):
            lines.append(f"moment{order} {name} {numbers(stats.moment(a, order=order, axis=axis))}")
        for bias in (True, False):
            lines.append(f"skew{bias} {name} {numbers(stats.skew(a, axis=axis, bias=bias))}")
            lines.append(f"kurtosis{bias} {name} {numbers(stats.kurtosis(a, axis=axis, bias=bias))}")
        for ddof in (0, 1):
            lines.append(f"zscore{ddof} {name} {numbers(stats.zscore(a, axis=axis, ddof=ddof))}")
        tests = {
            "one": stats.ttest_1samp(a, 4.5, axis=axis),
            "equal": stats.ttest_ind(a, b, axis=axis),
            "welch": stats.ttest_ind(a, b, axis=axis, equal_var=False),
            "pairs": stats.ttest_rel(a, b, axis=axis),
        }
        for test, result in tests.items():
            freedom = np.broadcast_to(result.df, np.shape(result.statistic))
            lines.append(f"{test} {name} {numbers(result.statistic)}")
            lines.append(f"{test}Freedom {name} {numbers(freedom)}")
    (OUT / "sample-fixtures.txt").write_text("\n".join(lines) + "\n")


CONTINUOUS = {
    "exponential 2.5": stats.expon(scale=2.5),
    "lognormal 0.5 0.75": stats.lognorm(0.75, scale=np.exp(0.5)),
    "laplace 1.5 2.0": stats.laplace(1.5, 2.0),
    "logistic -1.0 0.5": stats.logistic(-1.0, 0.5),
    "gumbel 2.0 3.0": stats.gumbel_r(2.0, 3.0),
    "rayleigh 1.5": stats.rayleigh(scale=1.5),
    "weibull 1.7": stats.weibull_min(1.7),
    "pareto 5.0": stats.lomax(5.0),
    "power 2.5": stats.powerlaw(2.5),
    "cauchy": stats.cauchy(),
    "triangular -1.0 0.5 3.0": stats.triang(1.5 / 4, loc=-1.0, scale=4.0),
    "triangular 0.0 0.0 1.0": stats.triang(0.0),
}
WHOLE = {
    "binomial 10 0.3": stats.binom(10, 0.3),
    "binomial 1 0.25": stats.binom(1, 0.25),
    "binomial 100 0.9": stats.binom(100, 0.9),
    "binomial 5 1.0": stats.binom(5, 1.0),
    "poisson 0.5": stats.poisson(0.5),
    "poisson 4.2": stats.poisson(4.2),
    "poisson 40.0": stats.poisson(40.0),
    "geometric 0.2": stats.geom(0.2),
    "weighted 1.0 0.0 3.0 4.0": stats.rv_discrete(values=([0, 1, 2, 3], [1 / 8, 0, 3 / 8, 4 / 8])),
}


def distributions():
    lines = []
    for name, law in CONTINUOUS.items():
        points = np.concatenate([[0.001, 0.01], np.arange(1, 20) / 20, [0.99, 0.999]])
        quantiles = " ".join(f"{p!r}:{float(law.ppf(p))!r}" for p in map(float, points))
        lines.append(f"{name} | {float(law.mean())!r} {float(law.var())!r} | {quantiles}")
    for name, law in WHOLE.items():
        numbers = sorted({int(law.ppf(p)) for p in np.arange(1, 40) / 40})
        quantiles = " ".join(f"{float(law.cdf(k))!r}:{float(k)!r}" for k in numbers)
        lines.append(f"{name} | {float(law.mean())!r} {float(law.var())!r} | {quantiles}")
    (OUT / "distribution-fixtures.txt").write_text("\n".join(lines) + "\n")


samples()
distributions()
