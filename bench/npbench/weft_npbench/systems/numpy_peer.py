"""NumPy: one thread for all but matrix products."""

import numpy as np
from weft_peers.systems.base import Peer
from weft_peers.systems.numpy_peer import blas_core

from .. import numpy_programs


class NumpyPeer(Peer):
    name = "numpy"

    def info(self):
        return {"numpy": np.__version__, "blas_core": blas_core() or "unknown",
                "threads": f"1, matrix products {self.threads}"}

    def prepare(self, workload, dtype, n):
        arrays = dict(self.arrays)
        return {"numpy": lambda: numpy_programs.run(workload, arrays, n)}


PEER = NumpyPeer
