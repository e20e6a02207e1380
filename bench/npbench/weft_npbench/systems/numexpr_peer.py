"""numexpr, with NumPy for reductions."""

import numexpr as ne
from weft_peers.systems.base import Peer, Unsupported

from ..numexpr_programs import PROGRAMS


class NumexprPeer(Peer):
    name = "numexpr"

    def __init__(self, threads):
        super().__init__(threads)
        ne.set_num_threads(threads)

    def info(self):
        return {"numexpr": ne.__version__, "vml": ne.use_vml, "threads": ne.nthreads}

    def prepare(self, workload, dtype, n):
        if workload not in PROGRAMS:
            raise Unsupported("not elementwise: numexpr computes elements and simple sums")
        arrays = dict(self.arrays)
        return {"numexpr": lambda: PROGRAMS[workload](arrays, n)}


PEER = NumexprPeer
