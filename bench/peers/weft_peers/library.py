"""Functions of array libraries that are no formulas: sorting, counting, convolutions, transforms. As `formulas`, written
once against a NumPy-like namespace `xp`; systems say where their spelling is their own, or that they have none."""

WINDOW = 32
BINS, LOW, HIGH = 100, -1.0, 2.0

# Weights of a 5 x 5 kernel: not separable, and none is equal to its neighbour.
KERNEL = [[((7 * i + 3 * j) % 11 - 5) / 10 for j in range(5)] for i in range(5)]

NAMES = ("sort_axis1", "median_axis0", "histogram", "cumsum_axis1", "moving_mean", "conv5x5", "einsum_batch",
         "complex_exp", "fft")


def moving_mean(sums):
    """Means of all windows but the first, of running sums along rows."""
    return (sums[:, WINDOW:] - sums[:, :-WINDOW]) * (1.0 / WINDOW)


def conv5x5(q):
    rows, columns = q.shape[0] - 4, q.shape[1] - 4
    total = None
    for i in range(5):
        for j in range(5):
            term = q[i:rows + i, j:columns + j] * KERNEL[i][j]
            total = term if total is None else total + term
    return total


def complex_of(xp, signal):
    """Pairs of numbers as complex ones, without a copy where arrays can be seen so."""
    if not hasattr(signal, "view") or xp.__name__.startswith("jax"):
        return signal[:, 0] + 1j * signal[:, 1]
    return signal.view("complex128" if signal.dtype.itemsize == 8 else "complex64")[:, 0]


def compute(xp, workload, a):
    x, m = a.get("x"), a.get("m")
    match workload:
        case "sort_axis1":
            return (xp.sort(m, axis=1),)
        case "median_axis0":
            return (xp.median(m, axis=0),)
        case "histogram":
            return (xp.histogram(x, bins=BINS, range=(LOW, HIGH))[0].astype(x.dtype),)
        case "cumsum_axis1":
            return (xp.cumsum(m, axis=1),)
        case "moving_mean":
            return (moving_mean(xp.cumsum(m, axis=1)),)
        case "conv5x5":
            return (conv5x5(a["q"]),)
        case "einsum_batch":
            return (xp.einsum("bij,bjk->bik", a["left"], a["right"]),)
        case "complex_exp":
            z = xp.exp(x + 1j * a["y"])
            return z.real, z.imag
        case "fft":
            z = xp.fft.fft(complex_of(xp, a["signal"]))
            return z.real, z.imag
    raise KeyError(workload)
