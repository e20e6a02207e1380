"""Prints the polynomials of core/op/SpecialPolynomials.java, fitted with mpmath (Chebyshev, then powers).

    python3 core/src/main/python/fit_special_functions.py

Each line: name, the interval of the argument, the variable's centre and half width, the relative error, and the
coefficients of rising powers of (argument - centre) / half width.
"""

import mpmath as mp

mp.mp.dps = 60


def scaled_erfc(x):
    return mp.exp(x * x) * mp.erfc(x)


def far_erfc(u):
    x = 1 / mp.sqrt(u)
    return x * scaled_erfc(x)


def lgamma_rest(x):
    """lgamma without its zeros at 1 and 2."""
    if abs(x - 1) < mp.mpf(10) ** -25:
        return mp.euler
    if abs(x - 2) < mp.mpf(10) ** -25:
        return 1 - mp.euler
    return mp.loggamma(x) / ((x - 1) * (x - 2))


def stirling(u):
    """What Stirling's formula leaves of lgamma, times x, at x = 1 / sqrt(u)."""
    if u == 0:
        return mp.mpf(1) / 12
    x = 1 / mp.sqrt(u)
    with mp.workdps(120):
        return x * (mp.loggamma(x) - (x - mp.mpf(1) / 2) * mp.log(x) + x - mp.log(2 * mp.pi) / 2)


def far_bessel(u):
    if u == 0:
        return 1 / mp.sqrt(2 * mp.pi)
    x = 1 / u
    return mp.exp(-x) * mp.sqrt(x) * mp.besseli(0, x)


FITS = [
    ("ERF", lambda t: mp.erf(mp.sqrt(t)) / mp.sqrt(t) if t > 0 else 2 / mp.sqrt(mp.pi), 0, 1),
    ("ERFC_NEAR", scaled_erfc, mp.mpf("0.5"), 1),
    ("ERFC_MIDDLE", scaled_erfc, 1, 2),
    ("ERFC_WIDE", scaled_erfc, 2, 4),
    ("ERFC_FAR", far_erfc, mp.mpf(1) / 784, mp.mpf(1) / 16),
    ("GAMMA", mp.gamma, 2, 3),
    ("LGAMMA_LOW", lgamma_rest, mp.mpf("0.5"), 1),
    ("LGAMMA_MIDDLE", lgamma_rest, 1, 2),
    ("LGAMMA_HIGH", lgamma_rest, 2, 3),
    ("STIRLING", stirling, 0, mp.mpf(1) / 64),
    ("BESSEL_FAR", far_bessel, 0, mp.mpf(1) / 8),
]


def fit(function, low, high):
    centre = (mp.mpf(low) + high) / 2
    half = (mp.mpf(high) - low) / 2
    scaled = lambda s: function(centre + half * s)
    grid = [mp.cos(mp.pi * i / 64) for i in range(65)]
    exact = [scaled(s) for s in grid]
    for degree in range(6, 40):
        # chebyfit counts coefficients, and begins with the highest power.
        powers = mp.chebyfit(scaled, [-1, 1], degree + 1)
        worst = max(abs(mp.polyval(powers, s) / e - 1) for s, e in zip(grid, exact))
        if worst < mp.mpf(10) ** -17.5:
            break
    return centre, half, worst, powers[::-1]


for name, function, low, high in FITS:
    centre, half, worst, powers = fit(function, low, high)
    head = f"{name} [{mp.nstr(mp.mpf(low), 6)}, {mp.nstr(mp.mpf(high), 6)}]"
    print(f"{head} centre {float(centre)!r} half {float(half)!r} error {mp.nstr(worst, 3)} degree {len(powers) - 1}")
    print("  " + ", ".join(repr(float(c)) for c in powers))

# i0 as a series in x^2 / 4, whose terms are all positive; up to x = 8.
print("BESSEL_NEAR, centre 0, half 1, the series itself, error below 1e-21")
print("  " + ", ".join(repr(float(1 / mp.factorial(k) ** 2)) for k in range(26)))
