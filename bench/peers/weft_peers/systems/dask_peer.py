"""Dask arrays on the threads scheduler, over NumPy arrays in memory.

Chunks are 8 MiB: large enough that the cost of a task (some 0.2 ms) is small. BLAS is held to one
thread, since the tasks already fill the cores.
"""

import dask
import dask.array as da
import numpy as np

from .. import files, formulas
from .base import Peer, Unsupported

CHUNK_BYTES = 8 << 20


class DaskPeer(Peer):
    name = "dask"

    def __init__(self, threads):
        super().__init__(threads)
        dask.config.set(scheduler="threads", num_workers=threads)

    def info(self):
        return {"dask": dask.__version__, "numpy": np.__version__, "threads": self.threads,
                "scheduler": "threads", "chunk_bytes": CHUNK_BYTES}

    def adopt(self, array):
        return da.from_array(array, chunks=chunks_of(array.shape, array.itemsize))

    def prepare(self, workload, dtype, n):
        if workload.startswith("random_"):
            return {"generator": lambda: (
                _random(workload, dtype, n).mean(dtype=dtype).compute(),)}
        if workload in ("sort_axis1", "fft"):
            raise Unsupported("it has no sort" if workload != "fft" else "its fft takes one chunk alone")
        if workload.startswith("solve_"):
            raise Unsupported("its solve takes square chunks alone")
        arrays = dict(self.arrays)
        variants = {"compute": lambda: dask.compute(*formulas.compute(da, workload, arrays))}
        lazy = formulas.compute(da, workload, arrays)
        if sum(r.size for r in lazy) >= 1000:
            outs = [np.empty(r.shape, r.dtype) for r in lazy]

            def store():
                da.store(list(formulas.compute(da, workload, arrays)), outs, lock=False)
                return tuple(outs)
            variants["store"] = store
        return variants

    def prepare_files(self, kind, dtype):
        def run():
            opened = [_opened(kind, self.files[name]) for name in "xy"]
            arrays = dict(zip("xy", (array for array, _ in opened)))
            results = dask.compute(*formulas.compute(da, "sum_sqrt", arrays))
            for _, close in opened:
                close()
            return results
        return {"compute": run}

    def draw(self, workload, dtype, n):
        return _random(workload, dtype, n).compute()


class Stored:
    """What Dask asks of an array that it reads in parts."""

    def __init__(self, store):
        self.store, self.shape, self.ndim = store, store.shape, len(store.shape)
        self.dtype = store.dtype.numpy_dtype

    def __getitem__(self, part):
        return self.store[part].read().result()


def _opened(kind, path):
    """The array in a file as users open it, and what closes it."""
    if kind == "npy":
        array = np.load(path, mmap_mode="r")
        return da.from_array(array, chunks=chunks_of(array.shape, array.itemsize)), lambda: None
    if kind.startswith("zarr"):
        array = Stored(files.open_zarr(path))
        return da.from_array(array, chunks=chunks_of(array.shape, array.dtype.itemsize)), lambda: None
    if kind == "hdf5":
        import h5py
        file = h5py.File(path)
        data = file["data"]
        return da.from_array(data, chunks=chunks_of(data.shape, data.dtype.itemsize)), file.close
    import xarray
    data = xarray.open_dataset(path, chunks={"i": CHUNK_BYTES // 8}, cache=False)
    return data["data"].data, data.close


def _random(workload, dtype, n):
    rng = da.random.default_rng()
    draw = rng.random if "uniform" in workload else rng.standard_normal
    kind = np.dtype(dtype)
    return draw(n, dtype=kind, chunks=chunks_of((n,), kind.itemsize))


def chunks_of(shape, itemsize):
    """Chunk shape of about CHUNK_BYTES: runs of a vector, near-square blocks of a table."""
    elements = CHUNK_BYTES // itemsize
    if len(shape) == 1:
        return (min(shape[0], elements),)
    side = int(elements ** 0.5)
    return tuple(min(extent, side) for extent in shape)


PEER = DaskPeer
