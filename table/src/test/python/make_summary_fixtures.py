"""Writes columns with missing values, and what pandas, NumPy and exact fractions make of them.

Needs pandas 2.3. Run from the root of the checkout: python3 table/src/test/python/make_summary_fixtures.py
Lines of summary.txt: a word, then fields behind tabs; an empty field is a missing value.
"""

from decimal import Decimal, getcontext
from fractions import Fraction
import random

import numpy as np
import pandas as pd

OUT = "table/src/test/resources/dev/weft/table/summary/summary.txt"
ROWS = 200
QUANTILES = [0.0, 0.1, 0.25, 1 / 3, 0.5, 0.77, 1.0]

getcontext().prec = 60


def columns():
    random.seed(44)
    a = [random.gauss(0, 1) for _ in range(ROWS)]
    made = {
        "a": a,
        # Large values that vary little: a formula in doubles loses all digits.
        "b": [1e9 + 1e-3 * x + 1e-4 * random.random() for x in a],
        "c": [float(random.randint(-5, 5)) for _ in range(ROWS)],
        "d": [10 ** random.uniform(-12, 12) * random.choice((-1, 1)) for _ in range(ROWS)],
        "e": [7.25] * ROWS,
    }
    for name, share in (("a", 0.2), ("c", 0.5), ("d", 0.05)):
        made[name] = [None if random.random() < share else x for x in made[name]]
    # Together with no other column but in one row.
    made["f"] = [None] * ROWS
    made["f"][7] = 3.0
    return made


def text(value):
    return "" if value is None or pd.isna(value) else repr(float(value))


def exact(x, y):
    """Covariance and correlation of pairs, rounded once."""
    pairs = [(Fraction(p), Fraction(q)) for p, q in zip(x, y) if p is not None and q is not None]
    n = len(pairs)
    if n < 2:
        return None, None
    sx, sy = sum(p for p, _ in pairs), sum(q for _, q in pairs)
    xy = n * sum(p * q for p, q in pairs) - sx * sy
    xx = n * sum(p * p for p, _ in pairs) - sx * sx
    yy = n * sum(q * q for _, q in pairs) - sy * sy
    if xx == 0 or yy == 0:
        return float(xy / (n * (n - 1))), float("nan")
    square = xy * xy / (xx * yy)
    root = (Decimal(square.numerator) / Decimal(square.denominator)).sqrt()
    return float(xy / (n * (n - 1))), float(root if xy >= 0 else -root)


def main():
    made = columns()
    frame = pd.DataFrame(made, dtype="float64")
    with open(OUT, "w", newline="\n") as out:
        def line(*fields):
            out.write("\t".join(fields) + "\n")

        for name, values in made.items():
            line("column", name, *map(text, values))
        for word, matrix in (("cov", frame.cov()), ("corr", frame.corr())):
            for name in made:
                line("pandas " + word, name, *(text(matrix[name][other]) for other in made))
        for name in made:
            both = [exact(made[name], made[other]) for other in made]
            line("exact cov", name, *(text(c) for c, _ in both))
            line("exact corr", name, *("" if r is None else repr(r) for _, r in both))
        # pandas takes q times 100, which rounds: its quantiles are near those of NumPy.
        quantiles = {name: np.quantile(frame[name].dropna(), QUANTILES) for name in made}
        np.testing.assert_allclose(frame.quantile(QUANTILES), pd.DataFrame(quantiles), rtol=1e-12)
        for name in made:
            line("quantile", name, *map(text, quantiles[name]))
        line("q", "q", *map(repr, QUANTILES))
        line("nunique", "all", *(repr(int(n)) for n in frame.nunique()))
        line("count", "all", *(repr(int(n)) for n in frame.count()))


if __name__ == "__main__":
    main()
