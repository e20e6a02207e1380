"""Has h5py, xarray and NumPy read what Weft writes, and compares it with the npy files that Weft writes of the same."""

import pathlib
import subprocess
import sys
import tempfile

import h5py
import numpy as np
import xarray as xr

WEFT = pathlib.Path(__file__).parents[2] / "weft"
KINDS = ["int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "float32", "float64"]
EXPRESSIONS = {kind: f"astype(arange(60).reshape(3, 4, 5) * 7 - 3, {kind})" for kind in KINDS}
EXPRESSIONS["bool"] = "arange(60).reshape(3, 4, 5) > 30"
EXPRESSIONS["scalar"] = "sum(arange(60))"
EXPRESSIONS["empty"] = "zeros((3, 0, 2))"


def weft(expression, file, *options):
    subprocess.run([WEFT, "run", "-q", expression, "-o", file, *options], check=True)


def same(a, b):
    return a.dtype == b.dtype and a.shape == b.shape and a.tobytes() == b.tobytes()


def main():
    failures = 0
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        for name, expression in EXPRESSIONS.items():
            weft(expression, folder / "x.npy")
            expected = np.load(folder / "x.npy")
            for how in ([], ["--compress", "gzip", "--out-chunks", "2"]):
                weft(expression, f"{folder / 'x.h5'}#group/{name}", *how)
                with h5py.File(folder / "x.h5") as f:
                    ok = same(np.asarray(f[f"group/{name}"][()]), expected)
                print(f"HDF5 {name} {' '.join(how)}: {'equal' if ok else 'DIFFERENT'}")
                failures += not ok
        for name, expression in EXPRESSIONS.items():
            if name not in ("bool", "empty"):
                weft(expression, folder / "x.npy")
                weft(expression, f"{folder / 'x.nc'}#{name}")
                expected = np.load(folder / "x.npy")
                with xr.open_dataset(folder / "x.nc", mask_and_scale=False) as f:
                    value = f[name].values
                    ok = same(np.asarray(value, value.dtype.newbyteorder("=")), expected)
                print(f"netCDF {name}: {'equal' if ok else 'DIFFERENT'}")
                failures += not ok
        for name, expression in {
            "one axis": "sqrt(arange(1000) / 7)",
            "two axes": "sin(arange(1000).reshape(20, 50)) * 1e-30",
            "float32": "astype(arange(100) / 7, float32)",
            "not finite": "arange(3) / 0",
        }.items():
            weft(expression, folder / "x.npy")
            weft(expression, folder / "x.csv")
            expected = np.load(folder / "x.npy")
            read = np.loadtxt(folder / "x.csv", delimiter=",", dtype=expected.dtype)
            # The text tells no sign of NaN.
            ok = read.dtype == expected.dtype and np.array_equal(read, expected, equal_nan=True)
            print(f"CSV {name}: {'equal' if ok else 'DIFFERENT'}")
            failures += not ok
    return failures


if __name__ == "__main__":
    sys.exit(main())
