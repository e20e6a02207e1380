"""The programs in Numba that go step by step, over time, rows or rings; the others are in `numba_programs`."""

import math

import numpy as np
from numba import njit, prange

from .formulas import SOFTENING, TIME_STEP

parallel = njit(parallel=True)
fast = njit(parallel=True, fastmath=True)


@njit(fastmath=True)
def trisolv(l, b):
    x = np.empty_like(b)
    for i in range(b.size):
        total = b[i]
        for j in range(i):
            total -= l[i, j] * x[j]
        x[i] = total / l[i, i]
    return (x,)


@njit(parallel=True)
def _jacobi_1d(u, out):
    for i in prange(1, u.size - 1):
        out[i] = (u[i - 1] + u[i] + u[i + 1]) / 3.0


@njit
def jacobi_1d(a, b, steps):
    a, b = a.copy(), b.copy()
    for _ in range(steps):
        _jacobi_1d(a, b)
        _jacobi_1d(b, a)
    return a, b


@njit(parallel=True)
def _jacobi_2d(u, out):
    for i in prange(1, u.shape[0] - 1):
        for j in range(1, u.shape[1] - 1):
            out[i, j] = 0.2 * (u[i, j] + u[i, j - 1] + u[i, j + 1] + u[i + 1, j] + u[i - 1, j])


@njit
def jacobi_2d(a, b, steps):
    a, b = a.copy(), b.copy()
    for _ in range(steps):
        _jacobi_2d(a, b)
        _jacobi_2d(b, a)
    return a, b


@njit(parallel=True)
def _heat_3d(u, out):
    for i in prange(1, u.shape[0] - 1):
        for j in range(1, u.shape[1] - 1):
            for k in range(1, u.shape[2] - 1):
                out[i, j, k] = u[i, j, k] + 0.125 * (
                    u[i + 1, j, k] + u[i - 1, j, k] + u[i, j + 1, k] + u[i, j - 1, k]
                    + u[i, j, k + 1] + u[i, j, k - 1] - 6.0 * u[i, j, k])


@njit
def heat_3d(a, b, steps):
    a, b = a.copy(), b.copy()
    for _ in range(steps):
        _heat_3d(a, b)
        _heat_3d(b, a)
    return a, b


@njit(parallel=True)
def _fdtd_electric(ex, ey, hz, t):
    for i in prange(ex.shape[0]):
        for j in range(ex.shape[1]):
            ey[i, j] = ey[i, j] - 0.5 * (hz[i, j] - hz[i - 1, j]) if i > 0 else t
        for j in range(1, ex.shape[1]):
            ex[i, j] -= 0.5 * (hz[i, j] - hz[i, j - 1])


@njit(parallel=True)
def _fdtd_magnetic(ex, ey, hz):
    for i in prange(ex.shape[0] - 1):
        for j in range(ex.shape[1] - 1):
            hz[i, j] -= 0.7 * (ex[i, j + 1] - ex[i, j] + ey[i + 1, j] - ey[i, j])


@njit
def fdtd_2d(ex, ey, hz, steps):
    ex, ey, hz = ex.copy(), ey.copy(), hz.copy()
    for t in range(steps):
        _fdtd_electric(ex, ey, hz, float(t))
        _fdtd_magnetic(ex, ey, hz)
    return ex, ey, hz


@njit(parallel=True)
def _shorter(path, k):
    for i in prange(path.shape[0]):
        for j in range(path.shape[1]):
            path[i, j] = min(path[i, j], path[i, k] + path[k, j])


@njit
def floyd_warshall(path):
    path = path.copy()
    for k in range(path.shape[0]):
        _shorter(path, k)
    return (path,)


@fast
def _pull(mass, place, out):
    """Accelerations into `out`; the potential energy of each body is given back."""
    potential = np.zeros(mass.size)
    for i in prange(mass.size):
        ax, ay, az = 0.0, 0.0, 0.0
        for j in range(mass.size):
            dx, dy, dz = place[0, j] - place[0, i], place[1, j] - place[1, i], place[2, j] - place[2, i]
            square = dx * dx + dy * dy + dz * dz
            pull = mass[j] * (square + SOFTENING ** 2) ** -1.5
            ax += dx * pull
            ay += dy * pull
            az += dz * pull
            if i != j:
                potential[i] -= 0.5 * mass[i] * mass[j] / math.sqrt(square)
        out[0, i], out[1, i], out[2, i] = ax, ay, az
    return potential.sum()


@njit
def nbody(mass, x, y, z, vx, vy, vz, steps):
    place, speed, pull = np.stack((x, y, z)), np.stack((vx, vy, vz)), np.empty((3, mass.size))
    for axis in range(3):
        speed[axis] -= (mass * speed[axis]).mean() / mass.mean()
    kinetic, potential = np.empty(steps + 1), np.empty(steps + 1)
    potential[0] = _pull(mass, place, pull)
    kinetic[0] = 0.5 * (mass * speed * speed).sum()
    for t in range(steps):
        speed += pull * (TIME_STEP / 2)
        place += speed * TIME_STEP
        potential[t + 1] = _pull(mass, place, pull)
        speed += pull * (TIME_STEP / 2)
        kinetic[t + 1] = 0.5 * (mass * speed * speed).sum()
    return kinetic, potential, place[0], place[1], place[2]


@parallel
def azimint_naive(data, radius, steps):
    end, means = radius.max(), np.empty(steps)
    for ring in prange(steps):
        low, high = end * (ring / steps), end * ((ring + 1) / steps)
        total, count = 0.0, 0
        for i in range(data.size):
            if low <= radius[i] < high:
                total += data[i]
                count += 1
        means[ring] = total / count
    return (means,)


@njit
def azimint_hist(data, radius, steps):
    low, high = radius.min(), radius.max()
    totals, counts = np.zeros(steps), np.zeros(steps)
    for i in range(data.size):
        at = min(int((radius[i] - low) * steps / (high - low)), steps - 1)
        totals[at] += data[i]
        counts[at] += 1
    return (totals / counts,)
