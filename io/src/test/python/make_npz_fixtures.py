"""Writes small npz files for the tests of io: python3 make_npz_fixtures.py (NumPy 1.24 or newer)."""

import pathlib
import zipfile

import numpy as np

TARGET = pathlib.Path(__file__).parent.parent / "resources" / "npz"


def arrays():
    return {
        "x": np.arange(12, dtype="<f8").reshape(3, 4) * 0.5,
        "big": (np.arange(5) - 2).astype(">i4"),
        "columns": np.asfortranarray(np.arange(6, dtype="<f4").reshape(2, 3)),
        "truth": np.array([True, False, True]),
        "group/one": np.float64(7.25),
        "nothing": np.zeros((0, 3), dtype="<i8"),
        "many": np.tile(np.arange(100, dtype="<i2"), 500),
    }


def main():
    TARGET.mkdir(parents=True, exist_ok=True)
    np.savez(TARGET / "stored.npz", **{k: v for k, v in arrays().items() if k != "many"})
    np.savez_compressed(TARGET / "deflated.npz", **arrays())
    np.savez(TARGET / "sole.npz", np.arange(4, dtype="<f8"))
    np.savez(TARGET / "objects.npz", o=np.array([{}, None], dtype=object), x=np.arange(3.0))
    with zipfile.ZipFile(TARGET / "bzip2.npz", "w", zipfile.ZIP_BZIP2) as archive:
        archive.writestr("x.npy", (TARGET.parent / "npz" / "sole.npz").read_bytes())


if __name__ == "__main__":
    main()
