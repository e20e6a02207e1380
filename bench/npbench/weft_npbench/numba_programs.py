"""The programs as compiled loops in Numba: parallel over rows where a loop is natural, `@` (the BLAS of SciPy) where a
matrix product is. Each takes its inputs in the order of the catalogue, and the number of steps where it has any."""

import math

import numpy as np
from numba import njit, prange

from . import numba_loops
from .formulas import ALPHA, BETA

parallel = njit(parallel=True)
fast = njit(parallel=True, fastmath=True)


@parallel
def compute(x, y):
    out = np.empty_like(x)
    for i in prange(x.shape[0]):
        for j in range(x.shape[1]):
            out[i, j] = min(max(x[i, j], 2.0), 10.0) * 4.0 + y[i, j] * 3.0 + 9.0
    return (out,)


@fast
def arc_distance(t1, p1, t2, p2):
    out = np.empty_like(t1)
    for i in prange(t1.size):
        chord = (math.sin((t2[i] - t1[i]) * 0.5) ** 2
                 + math.cos(t1[i]) * math.cos(t2[i]) * math.sin((p2[i] - p1[i]) * 0.5) ** 2)
        out[i] = 2.0 * math.atan2(math.sqrt(chord), math.sqrt(1.0 - chord))
    return (out,)


@parallel
def go_fast(a):
    total = 0.0
    for i in range(a.shape[0]):
        total += math.tanh(a[i, i])
    return (a + total,)


@njit(inline="always")
def _softmax_row(row, out):
    largest = row[0]
    for j in range(row.size):
        largest = max(largest, row[j])
    total = row[0] * 0
    for j in range(row.size):
        out[j] = np.exp(row[j] - largest)
        total += out[j]
    for j in range(row.size):
        out[j] /= total


@fast
def softmax(x):
    rows = x.reshape(-1, x.shape[-1])
    out = np.empty_like(rows)
    for i in prange(rows.shape[0]):
        _softmax_row(rows[i], out[i])
    return (out.reshape(x.shape),)


@njit(parallel=True)
def mlp(x, w1, b1, w2, b2, w3, b3):
    first = x @ w1
    for i in prange(first.shape[0]):
        for j in range(first.shape[1]):
            first[i, j] = max(first[i, j] + b1[j], np.float32(0))
    second = first @ w2
    for i in prange(second.shape[0]):
        for j in range(second.shape[1]):
            second[i, j] = max(second[i, j] + b2[j], np.float32(0))
    third = second @ w3 + b3
    out = np.empty_like(third)
    for i in prange(third.shape[0]):
        _softmax_row(third[i], out[i])
    return (out,)


@parallel
def hdiff(f, coeff):
    rows, columns, levels = coeff.shape
    laplace = np.empty((rows + 2, columns + 2, levels))
    for i in prange(rows + 2):
        for j in range(columns + 2):
            for k in range(levels):
                laplace[i, j, k] = 4.0 * f[i + 1, j + 1, k] - (
                    f[i + 2, j + 1, k] + f[i, j + 1, k] + f[i + 1, j + 2, k] + f[i + 1, j, k])
    flux_x = np.empty((rows + 1, columns, levels))
    for i in prange(rows + 1):
        for j in range(columns):
            for k in range(levels):
                step = laplace[i + 1, j + 1, k] - laplace[i, j + 1, k]
                flux_x[i, j, k] = 0.0 if step * (f[i + 2, j + 2, k] - f[i + 1, j + 2, k]) > 0 else step
    flux_y = np.empty((rows, columns + 1, levels))
    for i in prange(rows):
        for j in range(columns + 1):
            for k in range(levels):
                step = laplace[i + 1, j + 1, k] - laplace[i + 1, j, k]
                flux_y[i, j, k] = 0.0 if step * (f[i + 2, j + 2, k] - f[i + 2, j + 1, k]) > 0 else step
    out = np.empty_like(coeff)
    for i in prange(rows):
        for j in range(columns):
            for k in range(levels):
                out[i, j, k] = f[i + 2, j + 2, k] - coeff[i, j, k] * (
                    flux_x[i + 1, j, k] - flux_x[i, j, k] + flux_y[i, j + 1, k] - flux_y[i, j, k])
    return (out,)


@fast
def _convolution(x, w, bias):
    count, height, width, channels = x.shape
    out = np.empty((count, height - 4, width - 4, w.shape[3]), x.dtype)
    for row in prange(count * (height - 4)):
        n, i = row // (height - 4), row % (height - 4)
        for j in range(width - 4):
            out[n, i, j] = bias
            for di in range(5):
                for dj in range(5):
                    for c in range(channels):
                        v = x[n, i + di, j + dj, c]
                        for o in range(w.shape[3]):
                            out[n, i, j, o] += v * w[di, dj, c, o]
    return out


@njit
def conv2d(x, w, bias):
    return (_convolution(x, w, bias),)


@njit(parallel=True)
def _pooled_relu(x):
    count, height, width, channels = x.shape
    out = np.zeros((count, height // 2, width // 2, channels), x.dtype)
    for n in prange(count):
        for i in range(height):
            for j in range(width):
                for c in range(channels):
                    out[n, i // 2, j // 2, c] = max(out[n, i // 2, j // 2, c], x[n, i, j, c])
    return out


@njit
def lenet(x, w1, b1, w2, b2, f1, c1, f2, c2, f3, c3):
    first = _pooled_relu(_convolution(x, w1, b1))
    second = _pooled_relu(_convolution(first, w2, b2))
    flat = second.reshape(second.shape[0], -1)
    zero = np.float32(0)
    third = np.maximum(flat @ f1 + c1, zero)
    fourth = np.maximum(third @ f2 + c2, zero)
    return (fourth @ f3 + c3,)


@njit
def atax(a, x):
    return ((a @ x) @ a,)


@njit
def bicg(a, r, p):
    return r @ a, a @ p


@njit
def mvt(a, x1, x2, y1, y2):
    return x1 + a @ y1, x2 + y2 @ a


@njit
def gesummv(a, b, x):
    return (ALPHA * (a @ x) + BETA * (b @ x),)


@parallel
def gemver(a, u1, v1, u2, v2, w, x, y, z):
    updated = np.empty_like(a)
    for i in prange(a.shape[0]):
        for j in range(a.shape[1]):
            updated[i, j] = a[i, j] + u1[i] * v1[j] + u2[i] * v2[j]
    across = x + BETA * (y @ updated) + z
    return updated, across, w + ALPHA * (updated @ across)


@parallel
def gemm(a, b, c):
    return (ALPHA * (a @ b) + BETA * c,)


@parallel
def k2mm(a, b, c, d):
    return (ALPHA * (a @ b) @ c + BETA * d,)


@njit
def k3mm(a, b, c, d):
    return ((a @ b) @ (c @ d),)


@parallel
def symm(a, b, c):
    symmetric = np.empty_like(a)
    for i in prange(a.shape[0]):
        for j in range(a.shape[1]):
            symmetric[i, j] = a[i, j] if j <= i else a[j, i]
    return (ALPHA * (symmetric @ b) + BETA * c,)


@njit(parallel=True)
def _lower(product, c):
    for i in prange(c.shape[0]):
        for j in range(c.shape[1]):
            product[i, j] = ALPHA * product[i, j] + BETA * c[i, j] if j <= i else c[i, j]
    return product


@njit
def syrk(a, c):
    return (_lower(a @ a.T, c),)


@njit
def syr2k(a, b, c):
    return (_lower(a @ b.T + b @ a.T, c),)


@parallel
def trmm(a, b):
    lower = np.zeros_like(a)
    for i in prange(a.shape[0]):
        for j in range(i):
            lower[i, j] = a[i, j]
    return (ALPHA * (lower.T @ b + b),)


@njit
def doitgen(a, c4):
    rows = a.reshape(-1, a.shape[2])
    return ((rows @ c4).reshape(a.shape),)


@njit(parallel=True)
def _column_means(data):
    means = np.zeros(data.shape[1])
    for i in range(data.shape[0]):
        means += data[i]
    return means / data.shape[0]


@parallel
def covariance(data):
    around = data - _column_means(data)
    return (around.T @ around / (data.shape[0] - 1.0),)


covariance2 = covariance


@parallel
def correlation(data):
    around = data - _column_means(data)
    squares = np.zeros(data.shape[1])
    for i in range(data.shape[0]):
        squares += around[i] * around[i]
    std = np.sqrt(squares / data.shape[0])
    for j in range(std.size):
        if std[j] <= 0.1:
            std[j] = 1.0
    scaled = around / (math.sqrt(data.shape[0]) * std)
    return (scaled.T @ scaled,)


@njit
def cholesky2(a):
    return (np.linalg.cholesky(a),)


def program(name):
    return globals().get(name) or getattr(numba_loops, name)
