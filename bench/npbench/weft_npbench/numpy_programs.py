"""The programs in NumPy, as its users write them: loops over time change arrays in place."""

import numpy as np

from . import formulas


def trisolv(a, steps):
    l, b = a["l"], a["b"]
    x = np.zeros_like(b)
    for i in range(len(b)):
        x[i] = (b[i] - l[i, :i] @ x[:i]) / l[i, i]
    return (x,)


def jacobi_1d(a, steps):
    a, b = a["a"].copy(), a["b"].copy()
    for _ in range(steps):
        b[1:-1] = (a[:-2] + a[1:-1] + a[2:]) / 3.0
        a[1:-1] = (b[:-2] + b[1:-1] + b[2:]) / 3.0
    return a, b


def jacobi_2d(a, steps):
    a, b = a["a"].copy(), a["b"].copy()
    for _ in range(steps):
        b[1:-1, 1:-1] = 0.2 * (a[1:-1, 1:-1] + a[1:-1, :-2] + a[1:-1, 2:] + a[2:, 1:-1] + a[:-2, 1:-1])
        a[1:-1, 1:-1] = 0.2 * (b[1:-1, 1:-1] + b[1:-1, :-2] + b[1:-1, 2:] + b[2:, 1:-1] + b[:-2, 1:-1])
    return a, b


def _heat(u, out):
    c = u[1:-1, 1:-1, 1:-1]
    out[1:-1, 1:-1, 1:-1] = c + 0.125 * (
        u[2:, 1:-1, 1:-1] + u[:-2, 1:-1, 1:-1] + u[1:-1, 2:, 1:-1] + u[1:-1, :-2, 1:-1]
        + u[1:-1, 1:-1, 2:] + u[1:-1, 1:-1, :-2] - 6.0 * c)


def heat_3d(a, steps):
    a, b = a["a"].copy(), a["b"].copy()
    for _ in range(steps):
        _heat(a, b)
        _heat(b, a)
    return a, b


def fdtd_2d(a, steps):
    ex, ey, hz = (a[name].copy() for name in ("ex", "ey", "hz"))
    for t in range(steps):
        ey[0] = t
        ey[1:] -= 0.5 * (hz[1:] - hz[:-1])
        ex[:, 1:] -= 0.5 * (hz[:, 1:] - hz[:, :-1])
        hz[:-1, :-1] -= 0.7 * (ex[:-1, 1:] - ex[:-1, :-1] + ey[1:, :-1] - ey[:-1, :-1])
    return ex, ey, hz


def floyd_warshall(a, steps):
    path = a["path"].copy()
    for k in range(len(path)):
        np.minimum(path, path[:, k, None] + path[k], out=path)
    return (path,)


def nbody(a, steps):
    mass, place, speed, pull = formulas.nbody_start(a)
    kept = [formulas.energies(np, mass, place, speed)]
    for _ in range(steps):
        place, speed, pull = formulas.nbody_step(mass, place, speed, pull)
        kept.append(formulas.energies(np, mass, place, speed))
    kinetic, potential = np.array(kept).T
    return kinetic, potential, *place


LOOPS = {f.__name__: f for f in (trisolv, jacobi_1d, jacobi_2d, heat_3d, fdtd_2d, floyd_warshall, nbody)}


def run(name, arrays, steps):
    """The results of a program, a tuple."""
    if name in LOOPS:
        return LOOPS[name](arrays, steps)
    if name in formulas.WITH_STEPS:
        return formulas.WITH_STEPS[name](np, arrays, steps)
    return formulas.PLAIN[name](np, arrays)
