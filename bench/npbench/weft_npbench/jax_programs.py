"""The programs in JAX that NumPy says by changing arrays; each is compiled as one function."""

import jax.numpy as jnp
from jax import lax
from jax.scipy.linalg import solve_triangular

from . import formulas


def trisolv(a, steps):
    return (solve_triangular(a["l"], a["b"], lower=True),)


def _double_steps(step, a, steps):
    def both(_, fields):
        a, b = fields
        b = step(a, b)
        return step(b, a), b
    return lax.fori_loop(0, steps, both, (a["a"], a["b"]))


def jacobi_1d(a, steps):
    return _double_steps(lambda u, out: out.at[1:-1].set((u[:-2] + u[1:-1] + u[2:]) / 3.0), a, steps)


def jacobi_2d(a, steps):
    return _double_steps(lambda u, out: out.at[1:-1, 1:-1].set(
        0.2 * (u[1:-1, 1:-1] + u[1:-1, :-2] + u[1:-1, 2:] + u[2:, 1:-1] + u[:-2, 1:-1])), a, steps)


def heat_3d(a, steps):
    def step(u, out):
        c = u[1:-1, 1:-1, 1:-1]
        return out.at[1:-1, 1:-1, 1:-1].set(c + 0.125 * (
            u[2:, 1:-1, 1:-1] + u[:-2, 1:-1, 1:-1] + u[1:-1, 2:, 1:-1] + u[1:-1, :-2, 1:-1]
            + u[1:-1, 1:-1, 2:] + u[1:-1, 1:-1, :-2] - 6.0 * c))
    return _double_steps(step, a, steps)


def fdtd_2d(a, steps):
    def step(t, fields):
        ex, ey, hz = fields
        ey = ey.at[0].set(t * 1.0)
        ey = ey.at[1:].add(-0.5 * (hz[1:] - hz[:-1]))
        ex = ex.at[:, 1:].add(-0.5 * (hz[:, 1:] - hz[:, :-1]))
        hz = hz.at[:-1, :-1].add(-0.7 * (ex[:-1, 1:] - ex[:-1, :-1] + ey[1:, :-1] - ey[:-1, :-1]))
        return ex, ey, hz
    return lax.fori_loop(0, steps, step, (a["ex"], a["ey"], a["hz"]))


def floyd_warshall(a, steps):
    def step(k, path):
        return jnp.minimum(path, path[:, k, None] + path[k])
    return (lax.fori_loop(0, a["path"].shape[0], step, a["path"]),)


def nbody(a, steps):
    mass, place, speed, pull = formulas.nbody_start(a)

    def step(state, _):
        state = formulas.nbody_step(mass, *state)
        return state, formulas.energies(jnp, mass, *state[:2])
    (last, _, _), later = lax.scan(step, (place, speed, pull), length=steps)
    first = formulas.energies(jnp, mass, place, speed)
    kinetic, potential = (jnp.concatenate([f[None], l]) for f, l in zip(first, later))
    return kinetic, potential, *last


LOOPS = {f.__name__: f for f in (trisolv, jacobi_1d, jacobi_2d, heat_3d, fdtd_2d, floyd_warshall, nbody)}


def run(name, arrays, steps):
    """The results of a program, a tuple."""
    if name in LOOPS:
        return LOOPS[name](arrays, steps)
    if name in formulas.WITH_STEPS:
        return formulas.WITH_STEPS[name](jnp, arrays, steps)
    return formulas.PLAIN[name](jnp, arrays)
