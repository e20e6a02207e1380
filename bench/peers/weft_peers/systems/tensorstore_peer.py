"""tensorstore reads blocks of Zarr arrays on its own threads, NumPy computes on as many."""

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import tensorstore

from .. import files
from .base import Peer, Unsupported

BLOCK = 8 * files.CHUNK


class TensorstorePeer(Peer):
    name = "tensorstore"

    def __init__(self, threads):
        super().__init__(threads)
        self.pool = ThreadPoolExecutor(threads)

    def info(self):
        from importlib.metadata import version
        return {"tensorstore": version("tensorstore"), "numpy": np.__version__,
                "threads": self.threads, "block": BLOCK}

    def prepare(self, workload, dtype, n):
        raise Unsupported("reads files")

    def prepare_files(self, kind, dtype):
        if not kind.startswith("zarr"):
            raise Unsupported("reads Zarr")
        return {"blocks": self._blocks}

    def _blocks(self):
        # No cache between runs: what is decoded once is decoded again.
        context = tensorstore.Context({
            "data_copy_concurrency": {"limit": self.threads},
            "file_io_concurrency": {"limit": self.threads}, "cache_pool": {"total_bytes_limit": 0}})
        x, y = (files.open_zarr(self.files[name], context) for name in "xy")

        def block(start):
            part = slice(start, min(start + BLOCK, x.shape[0]))
            a, b = (f.result() for f in [x[part].read(), y[part].read()])
            a *= a
            b *= b
            a += b
            return np.sqrt(a, out=a).sum()
        return (sum(self.pool.map(block, range(0, x.shape[0], BLOCK)), x.dtype.numpy_dtype.type(0)),)


PEER = TensorstorePeer
