"""JAX on CPU: each workload is one jitted function, waited for with block_until_ready."""

import itertools

import jax
import jax.numpy as jnp
import numpy as np

from .. import formulas
from .base import Peer

jax.config.update("jax_enable_x64", True)


class JaxPeer(Peer):
    name = "jax"

    def info(self):
        return {"jax": jax.__version__, "backend": jax.default_backend(), "x64": True,
                "threads": f"{self.threads} (by CPU affinity)"}

    def adopt(self, array):
        return jax.block_until_ready(jnp.array(array))

    def prepare(self, workload, dtype, n):
        if workload.startswith("random_"):
            draw = _generator(workload)
            # The mean in the dtype of the numbers, as all systems compute it.
            mean = jax.jit(lambda key: draw(key, (n,), dtype=dtype).mean())
            seeds = itertools.count(1)
            return {"jit": lambda: (mean(jax.random.key(next(seeds))).block_until_ready(),)}
        compiled = jax.jit(lambda arrays: formulas.compute(jnp, workload, arrays))
        arrays = dict(self.arrays)
        return {"jit": lambda: jax.block_until_ready(compiled(arrays))}

    def draw(self, workload, dtype, n):
        return np.asarray(_generator(workload)(jax.random.key(0), (n,), dtype=dtype))


def _generator(workload):
    return jax.random.uniform if "uniform" in workload else jax.random.normal


PEER = JaxPeer
