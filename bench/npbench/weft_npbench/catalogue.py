"""The programs: shapes by one size, the checked-in size, and what is left out and why."""

from dataclasses import dataclass, field
from typing import Callable

SUBJECT = "weft"
PEERS = ("numpy", "numexpr", "jax", "numba")
SYSTEMS = (SUBJECT, *PEERS)

# What the sizes aim at: NumPy's time for one call, in milliseconds.
AIM_MS = 100
QUICK_SHARE = 1 / 20


@dataclass(frozen=True)
class Program:
    """One row of the table. Time grows about as `size ** power`; `steps` is the length of a loop over time."""

    name: str
    title: str
    size: int
    power: float
    shapes: Callable[[int], dict]
    dtype: str = "float64"
    steps: int = 0
    ranges: dict = field(default_factory=dict)
    # Names of square inputs to which size · identity is added, so that they are well conditioned.
    dominant: tuple = ()
    check: str = "values"
    files: str = ""

    @property
    def inputs(self):
        return tuple(self.shapes(self.size))

    def sized(self, size):
        return Program(**{**self.__dict__, "size": max(8, int(size))})

    def quick(self):
        """The same with a twentieth of the work."""
        return self.sized(self.size * QUICK_SHARE ** (1 / self.power))


def _square(*names, vectors=()):
    return lambda n: {**{name: (n, n) for name in names}, **{name: (n,) for name in vectors}}


def _vectors(*names):
    return lambda n: {name: (n,) for name in names}


def _elementwise():
    square = _square("x", "y")
    yield Program("compute", "clip(x, 2, 10)·4 + y·3 + 9", 6400, 2, square, ranges={"x": (0, 1000), "y": (0, 1000)})
    yield Program("arc_distance", "great circle distance of points", 2_400_000, 1, _vectors("t1", "p1", "t2", "p2"),
                  ranges={name: (-1.5, 1.5) for name in ("t1", "p1", "t2", "p2")})
    yield Program("go_fast", "a + Σ tanh of its diagonal", 8000, 2, _square("a"))
    yield Program("softmax", "softmax over the last axis", 880, 2, lambda n: {"x": (4, 16, n, n)}, "float32")
    yield Program("hdiff", "horizontal diffusion, limited", 350, 2,
                  lambda n: {"field": (n + 4, n + 4, 60), "coeff": (n, n, 60)})
    yield Program("mlp", "three dense layers and softmax", 2150, 2,
                  lambda n: {"x": (n, 3), "w1": (3, n), "b1": (n,), "w2": (n, n), "b2": (n,), "w3": (n, 100),
                             "b3": (100,)}, "float32",
                  # Small weights, so that the last layer's exponentials stay in range.
                  ranges={"w2": (-0.01, 0.01), "w3": (-0.01, 0.01)})
    yield Program("conv2d", "convolution 5 × 5, 3 to 16 channels", 430, 2,
                  lambda n: {"x": (4, n, n, 3), "w": (5, 5, 3, 16), "bias": (16,)}, "float32")

    small = (0.0, 0.1)
    yield Program("lenet", "two convolutions with pooling, three dense layers", 220, 1,
                  lambda n: {"x": (n, 60, 60, 1), "w1": (5, 5, 1, 6), "b1": (6,), "w2": (5, 5, 6, 16), "b2": (16,),
                             "f1": (2304, 120), "c1": (120,), "f2": (120, 84), "c2": (84,), "f3": (84, 10),
                             "c3": (10,)}, "float32", ranges={name: small for name in ("w1", "w2", "f1", "f2", "f3")})


def _vector_products():
    yield Program("atax", "Aᵀ(A x)", 12_000, 2, _square("a", vectors=("x",)))
    yield Program("bicg", "Aᵀr and A p", 12_000, 2, _square("a", vectors=("r", "p")))
    yield Program("mvt", "x₁ + A y₁ and x₂ + Aᵀ y₂", 12_000, 2, _square("a", vectors=("x1", "x2", "y1", "y2")))
    yield Program("gesummv", "1.5 A x + 1.2 B x", 10_000, 2, _square("a", "b", vectors=("x",)))
    yield Program("gemver", "two updates of rank 1, two products", 6400, 2,
                  _square("a", vectors=("u1", "v1", "u2", "v2", "w", "x", "y", "z")))


def _matrix_products():
    three = _square("a", "b", "c")
    yield Program("gemm", "1.5 A B + 1.2 C", 1800, 3, three)
    yield Program("k2mm", "1.5 A B C + 1.2 D", 1430, 3, _square("a", "b", "c", "d"))
    yield Program("k3mm", "A B C D", 1250, 3, _square("a", "b", "c", "d"))
    yield Program("symm", "1.5 S B + 1.2 C, S symmetric, of A's lower half", 1750, 3, three)
    yield Program("syrk", "1.5 A Aᵀ + 1.2 C, lower half", 2120, 3, _square("a", "c"))
    yield Program("syr2k", "1.5 (A Bᵀ + B Aᵀ) + 1.2 C, lower half", 1410, 3, three)
    yield Program("trmm", "1.5 Lᵀ B, L unit lower, of A", 1790, 3, _square("a", "b"))
    yield Program("doitgen", "rows of a cube by a matrix", 265, 4,
                  lambda n: {"a": (n, n, n), "c4": (n, n)})
    yield Program("covariance", "covariance of columns", 2180, 3, _square("data"))
    yield Program("covariance2", "np.cov of columns", 2180, 3, _square("data"))
    yield Program("correlation", "correlation of columns", 2150, 3, _square("data"))


def _solvers():
    yield Program("cholesky2", "Cholesky factor", 2800, 3, _square("a"), dominant=("a",))
    yield Program("trisolv", "triangle of equations", 10_000, 2, _square("l", vectors=("b",)), dominant=("l",))


def _loops():
    yield Program("jacobi_1d", "3-point means, 1,000 double steps", 75_000, 1, _vectors("a", "b"), steps=1000)
    yield Program("jacobi_2d", "5-point means, 50 double steps", 860, 2, _square("a", "b"), steps=50)
    yield Program("heat_3d", "7-point heat equation, 20 double steps", 95, 3,
                  lambda n: {"a": (n, n, n), "b": (n, n, n)}, steps=20)
    yield Program("fdtd_2d", "fields of Maxwell's equations, 60 steps", 720, 2, _square("ex", "ey", "hz"), steps=60)
    yield Program("floyd_warshall", "shortest paths between all pairs", 560, 3, _square("path"),
                  ranges={"path": (1, 1000)})

    yield Program("nbody", "gravity between bodies, 20 steps", 630, 2,
                  _vectors("mass", "x", "y", "z", "vx", "vy", "vz"), steps=20,
                  ranges={name: (-1, 1) for name in ("x", "y", "z", "vx", "vy", "vz")})


def _bins():
    rings = _vectors("data", "radius")
    yield Program("azimint_naive", "means of 50 rings, by masks", 1_100_000, 1, rings, steps=50)
    yield Program("azimint_hist", "means of 100 rings, by histograms", 10_000_000, 1, rings, steps=100)


def programs():
    """All programs in table order."""
    return [*_elementwise(), *_vector_products(), *_matrix_products(), *_solvers(), *_loops(), *_bins()]


# Programs of npbench that are not here.
LEFT_OUT = {
    "adi, deriche, vadv, seidel_2d, durbin": "each element needs the one before it: a scan with a function of the "
                                             "user's own, which Weft's arrays do not have",
    "gramschmidt, lu, ludcmp, cholesky": "written as loops over columns; Weft has the factorizations whole (qr, lu, "
                                         "solve, cholesky), of which cholesky2 stands for all",
    "contour_integral, scattering_self_energies, stockham_fft": "complex inputs or results, which the protocol of the "
                                         "workers does not carry",
    "mandelbrot1, mandelbrot2": "the values of points that do not escape differ by the last bit's rounding, many times "
                                "over: systems cannot be checked against each other",
    "spmv": "sums over segments of a sparse matrix",
    "crc16, nussinov": "scalar recurrences over integers",
    "cavity_flow, channel_flow, resnet": "could be said as loops of array expressions; not written yet",
}
