"""The worker process of a Python peer: the protocol of bench/peers with the programs of this suite."""

import sys

from weft_peers import worker

MODULES = {name: (f"weft_npbench.systems.{name}_peer", "PEER") for name in ("numpy", "numexpr", "jax", "numba")}

if __name__ == "__main__":
    sys.exit(worker.main(MODULES))
