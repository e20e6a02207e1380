"""Writes the names of NumPy's functions, so that one that Weft lacks is told from one that nobody has.

    python3 cli/src/main/python/make_numpy_names.py
"""

import pathlib

import numpy as np


def functions(module):
    names = (name for name in dir(module) if not name.startswith("_"))
    return [n for n in names if callable(getattr(module, n)) and not isinstance(getattr(module, n), type)]


lines = functions(np)
for part in ("fft", "linalg", "random"):
    lines += [f"{part}.{name}" for name in functions(getattr(np, part))]
target = pathlib.Path(__file__).parent.parent / "resources/dev/weft/cli/language/numpy-names.txt"
target.write_text("\n".join(sorted(set(lines))) + "\n")
