"""The workloads: name, inputs, least memory traffic, arithmetic, and how a result is checked."""

from dataclasses import dataclass, field

DTYPES = ("float64", "float32")

# Weft itself, the baselines written in plain Java, and the peers that the ratio is taken against.
SUBJECT = "weft"
BASELINES = ("plain", "stream")
PEERS = ("nd4j", "numpy", "numexpr", "jax", "torch", "dask")
# Weft as it stands in another checkout, to see what a change does to every row.
BEFORE = "before"
# Of use for the workloads that read files alone: tensorstore, and the codecs without a job.
DECODE = "decode"
# Java libraries of matrices: a few workloads each, and products that take minutes at the default size.
JAVA_LIBRARIES = ("ejml", "ojalgo", "commons-math")
OPTIONAL = ("torch-compile", "tensorstore", *JAVA_LIBRARIES, BEFORE, DECODE)
JAVA_SYSTEMS = ("weft", "plain", "stream", "nd4j", *JAVA_LIBRARIES, BEFORE)
DEFAULT_SYSTEMS = (SUBJECT, *BASELINES, *PEERS)


@dataclass(frozen=True)
class Workload:
    """One row of the table. `reads` and `writes` count elements per element of the main input."""

    name: str
    title: str
    inputs: tuple
    reads: float = 1.0
    writes: float = 0.0
    memory_bound: bool = False
    flops: float = 0.0
    check: str = "values"
    expect: dict = field(default_factory=dict)
    files: str = ""


def _fixed():
    vector, table, square = ("x", "y"), ("m",), ("q",)
    bound = {"memory_bound": True}
    yield Workload("sum_sqrt", "sum(sqrt(x² + y²))", vector, 2, 0, True)
    yield Workload("exp_sin", "exp(-x²)·sin(y) + 1", vector, 2, 1)
    yield Workload("black_scholes", "Black-Scholes, call and put", ("s", "k", "t"), 3, 2)
    yield Workload("add", "x + y", vector, 2, 1, True)
    yield Workload("sum", "sum(x)", ("x",), **bound)
    yield Workload("mean_std", "mean and std of x", ("x",), **bound)
    yield Workload("min", "min(x)", ("x",), **bound)
    for axis in (0, 1):
        yield Workload(f"sum_axis{axis}", f"sum over axis {axis}", table, **bound)
        yield Workload(f"mean_std_axis{axis}", f"mean and std over axis {axis}", table, **bound)
        yield Workload(f"min_axis{axis}", f"min over axis {axis}", table, **bound)
    yield Workload("transpose_mean", "mean of x + xᵀ over axis 0", square, **bound)
    yield Workload("poly8", "polynomial of degree 8", ("x",), 1, 1, True)
    yield Workload("where_mix", "where((x>0)&(y<1), 2x, y-1)", vector, 2, 1, True)
    yield Workload("stencil5", "5-point stencil by slices", square, 1, 1, True)
    yield Workload("softmax", "softmax over rows", table, 1, 1)


def _library():
    table = ("m",)
    yield Workload("sort_axis1", "rows sorted", table, 1, 1)
    yield Workload("median_axis0", "median over axis 0", table)
    yield Workload("histogram", "histogram of x, 100 bins", ("x",))
    yield Workload("cumsum_axis1", "running sums of rows", table, 1, 1, True)
    yield Workload("moving_mean", "moving mean of rows, window 32", table, 1, 1, True)
    yield Workload("conv5x5", "convolution with 5 × 5 weights", ("q",), 1, 1)
    yield Workload("einsum_batch", "einsum bij,bjk->bik, 64 × 256 × 256", ("left", "right"), 2, 1,
                   flops=2.0 * 64 * 256 ** 3)
    yield Workload("complex_exp", "exp(x + iy), both parts", ("x", "y"), 2, 2)
    yield Workload("fft", "fft of 2²² complex numbers", ("signal",), 1, 1)


def _random():
    for name, mean, variance, fourth in (
            ("uniform", 0.5, 1 / 12, 1 / 80), ("normal", 0.0, 1.0, 3.0)):
        yield Workload(f"random_{name}_mean", f"mean of {name} random numbers", (), 0, 0,
                       check="moments",
                       expect={"mean": mean, "variance": variance, "fourth": fourth})


def _files():
    for kind, title in (("npy", "npy"), ("zarr_zstd", "Zarr, zstd"),
                        ("zarr_blosc", "Zarr, Blosc lz4"), ("hdf5", "HDF5, deflate"),
                        ("netcdf", "netCDF classic")):
        yield Workload(f"file_{kind}", f"sum(sqrt(x² + y²)) of files: {title}", ("x", "y"), 2,
                       files=kind)


def workloads(matmul_sizes):
    """All workloads in table order; one matrix product per size, and equations of the smallest."""
    products = [
        Workload(f"matmul_{size}", f"matmul {size} × {size}", (f"a{size}", f"b{size}"), 2, 1,
                 flops=2.0 * size ** 3)
        for size in matmul_sizes]
    # A matrix that every type solves well, with as many right sides as it has columns.
    size = min(matmul_sizes)
    products.append(
        Workload(f"solve_{size}", f"solve (a + {size} I) x = b, {size} × {size}", (f"a{size}", f"b{size}"), 2, 1,
                 flops=8.0 / 3.0 * size ** 3))
    return [*_fixed(), *_library(), *products, *_random(), *_files()]


def minimum_bytes(workload, main_elements, itemsize):
    """Bytes that must cross the memory bus: each input read once, each output written once."""
    return (workload.reads + workload.writes) * main_elements * itemsize
