"""The same two arrays in files of several formats, and how each format is opened in Python.

Elements are multiples of 1/4096, as measured data are: noise to the last bit cannot be compressed.
"""

import os
import zlib
from pathlib import Path

import numpy as np

CHUNK = 1 << 18  # elements
SCALE = 4096
SEED = 20261101
RANGES = {"x": (-1.0, 2.0), "y": (0.0, 2.0)}

# Name of the workload behind "file_": suffix of the file.
FORMATS = {"npy": ".npy", "zarr_zstd": ".zstd.zarr", "zarr_blosc": ".blosc.zarr",
           "hdf5": ".h5", "netcdf": ".nc"}


def values(name, dtype, n):
    rng = np.random.default_rng([SEED, zlib.crc32(name.encode())])
    low, high = RANGES[name]
    return (rng.integers(int(low * SCALE), int(high * SCALE), n) / SCALE).astype(dtype)


def path(folder, kind, name, dtype, n):
    """The file of an array, which is written if it is not there."""
    made = Path(folder) / f"file-{name}-{dtype}{FORMATS[kind]}"
    if not made.exists():
        part = made.with_name(f"{os.getpid()}.part.{made.name}")
        globals()["_write_" + kind](part, values(name, dtype, n))
        part.replace(made)
    return str(made)


def _write_npy(to, a):
    np.save(to, a)


def _write_zarr_zstd(to, a):
    _write_zarr(to, a, {"id": "zstd", "level": 3})


def _write_zarr_blosc(to, a):
    _write_zarr(to, a, {"id": "blosc", "cname": "lz4", "clevel": 5, "shuffle": 1})


def _write_zarr(to, a, compressor):
    store = open_zarr(to, create=True, dtype=a.dtype.str, shape=list(a.shape),
                      metadata={"chunks": [CHUNK], "compressor": compressor})
    store.write(a).result()


def _write_hdf5(to, a):
    import h5py
    with h5py.File(to, "w") as f:
        f.create_dataset("data", data=a, chunks=(CHUNK,), compression="gzip",
                         compression_opts=4, shuffle=True)


def _write_netcdf(to, a):
    import netCDF4
    with netCDF4.Dataset(to, "w", format="NETCDF3_64BIT_OFFSET") as f:
        f.createDimension("i", len(a))
        f.createVariable("data", a.dtype, ("i",))[:] = a


def open_zarr(at, context=None, **options):
    import tensorstore
    dtype = options.pop("dtype", None)
    spec = {"driver": "zarr", "kvstore": {"driver": "file", "path": str(at)},
            "metadata": {**options.pop("metadata", {}), **({"dtype": dtype} if dtype else {})}}
    return tensorstore.open(spec, open=True, context=context, **options).result()
