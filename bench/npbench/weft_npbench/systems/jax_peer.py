"""JAX on CPU: each program is one jitted function, waited for with block_until_ready."""

import jax
from weft_peers.systems.jax_peer import JaxPeer

from .. import jax_programs


class ProgramsPeer(JaxPeer):
    def prepare(self, workload, dtype, n):
        compiled = jax.jit(lambda arrays: jax_programs.run(workload, arrays, n))
        arrays = dict(self.arrays)
        return {"jit": lambda: jax.block_until_ready(compiled(arrays))}


PEER = ProgramsPeer
