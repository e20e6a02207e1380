"""One cold computation: sum(sqrt(x² + y²)) from two .npy files, printed. Nothing but what it needs."""

import sys


def with_numpy(x, y, threads):
    import numpy as np
    x, y = np.load(x), np.load(y)
    return np.sqrt(x * x + y * y).sum()


def with_numexpr(x, y, threads):
    import numexpr as ne
    import numpy as np
    ne.set_num_threads(threads)
    x, y = np.load(x), np.load(y)
    return ne.evaluate("sqrt(x * x + y * y)", out=np.empty_like(x)).sum()


def with_jax(x, y, threads):
    import jax
    import jax.numpy as jnp
    import numpy as np
    jax.config.update("jax_enable_x64", True)
    return jax.jit(lambda x, y: jnp.sqrt(x * x + y * y).sum())(np.load(x), np.load(y))


def with_torch(x, y, threads):
    import numpy as np
    import torch
    torch.set_num_threads(threads)
    x, y = torch.from_numpy(np.load(x)), torch.from_numpy(np.load(y))
    return torch.sqrt(x * x + y * y).sum().item()


def with_dask(x, y, threads):
    import dask.array as da
    import numpy as np
    x, y = (da.from_array(np.load(p, mmap_mode="r"), chunks=1 << 20) for p in (x, y))
    return da.sqrt(x * x + y * y).sum().compute(scheduler="threads", num_workers=threads)


if __name__ == "__main__":
    system, x, y, threads = sys.argv[1:]
    print(repr(float(globals()["with_" + system](x, y, int(threads)))))
