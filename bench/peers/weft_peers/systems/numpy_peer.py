"""NumPy: one thread for all but matrix products; temporaries fresh and, as a variant, reused."""

import ctypes
import glob
import os
import re

import numpy as np

from .. import files, formulas
from .base import Peer


class NumpyPeer(Peer):
    name = "numpy"

    def __init__(self, threads):
        super().__init__(threads)
        self.rng = np.random.default_rng()

    def info(self):
        return {"numpy": np.__version__, "blas_core": blas_core() or "unknown",
                "threads": f"1, matrix products {self.threads}"}

    def prepare(self, workload, dtype, n):
        if workload.startswith("random_"):
            return {"generator": lambda: (self.draw(workload, dtype, n).mean(),)}
        variants = {"fresh": self.plain(np, workload)}
        reused = getattr(self, "_out_" + re.sub(r"_\d+$", "", workload), None)
        if reused:
            variants["out="] = reused()
        return variants

    def prepare_files(self, kind, dtype):
        read = {"npy": np.load, "zarr_zstd": _zarr, "zarr_blosc": _zarr, "hdf5": _hdf5,
                "netcdf": _netcdf}[kind]
        return {"whole": lambda: formulas.compute(
            np, "sum_sqrt", {name: read(self.files[name]) for name in "xy"})}

    def draw(self, workload, dtype, n):
        draw = self.rng.random if "uniform" in workload else self.rng.standard_normal
        return draw(n, dtype=np.dtype(dtype))

    def _out_add(self):
        x, y = self.arrays["x"], self.arrays["y"]
        out = np.empty_like(x)
        return lambda: (np.add(x, y, out=out),)

    def _out_sum_sqrt(self):
        x, y = self.arrays["x"], self.arrays["y"]
        a, b = np.empty_like(x), np.empty_like(x)

        def run():
            np.multiply(x, x, out=a)
            np.multiply(y, y, out=b)
            np.add(a, b, out=a)
            np.sqrt(a, out=a)
            return (a.sum(),)
        return run

    def _out_exp_sin(self):
        x, y = self.arrays["x"], self.arrays["y"]
        a, b = np.empty_like(x), np.empty_like(x)

        def run():
            np.multiply(x, x, out=a)
            np.negative(a, out=a)
            np.exp(a, out=a)
            np.sin(y, out=b)
            np.multiply(a, b, out=a)
            return (np.add(a, 1.0, out=a),)
        return run

    def _out_poly8(self):
        x = self.arrays["x"]
        p = np.empty_like(x)

        def run():
            np.multiply(x, formulas.POLY[0], out=p)
            np.add(p, formulas.POLY[1], out=p)
            for c in formulas.POLY[2:]:
                np.multiply(p, x, out=p)
                np.add(p, c, out=p)
            return (p,)
        return run

    def _out_softmax(self):
        m = self.arrays["m"]
        e = np.empty_like(m)

        def run():
            np.subtract(m, m.max(axis=1, keepdims=True), out=e)
            np.exp(e, out=e)
            return (np.divide(e, e.sum(axis=1, keepdims=True), out=e),)
        return run

    def _out_matmul(self):
        a, b = self.arrays.values()
        out = np.empty_like(a)
        return lambda: (np.matmul(a, b, out=out),)


def _zarr(path):
    return files.open_zarr(path).read().result()


def _hdf5(path):
    import h5py
    with h5py.File(path) as f:
        return f["data"][:]


def _netcdf(path):
    import netCDF4
    with netCDF4.Dataset(path) as f:
        f.set_auto_mask(False)
        return f["data"][:]



def blas_core():
    """The CPU kernel set that NumPy's OpenBLAS chose at run time."""
    folder = os.path.join(os.path.dirname(os.path.dirname(np.__file__)), "numpy.libs")
    for path in glob.glob(os.path.join(folder, "*openblas*")):
        library = ctypes.CDLL(path)
        for name in ("scipy_openblas_get_corename64_", "openblas_get_corename64_",
                     "openblas_get_corename"):
            if hasattr(library, name):
                function = getattr(library, name)
                function.restype = ctypes.c_char_p
                return function().decode()
    return None


PEER = NumpyPeer
