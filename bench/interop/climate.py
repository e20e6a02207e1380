"""A mean over time of a large netCDF file, by Weft and by xarray with Dask: seconds, peak memory, agreement."""

import pathlib
import resource
import subprocess
import sys
import time

import numpy as np

WEFT = pathlib.Path(__file__).parents[2] / "weft"
LAT, LON = 360, 720
XARRAY = """
import sys, numpy as np, xarray as xr
f = xr.open_dataset(sys.argv[1], chunks={"time": 20}, mask_and_scale=False, decode_times=False)
np.save(sys.argv[2], f["tas"].mean("time", dtype="float64").astype("float32").values)
"""


def make(file, form, gigabytes):
    import netCDF4

    days = int(gigabytes * 1e9 / (4 * LAT * LON)) // 20 * 20
    random = np.random.default_rng(1)
    base = random.normal(280, 10, (LAT, LON)).astype("f4")
    with netCDF4.Dataset(file, "w", format=form) as f:
        f.createDimension("time", None)
        f.createDimension("lat", LAT)
        f.createDimension("lon", LON)
        f.createVariable("time", "f8", ("time",))
        how = {"zlib": True, "complevel": 1, "shuffle": True, "chunksizes": (10, LAT, LON)} if form == "NETCDF4" else {}
        tas = f.createVariable("tas", "f4", ("time", "lat", "lon"), **how)
        for day in range(0, days, 20):
            noise = random.integers(-512, 512, (20, LAT, LON), dtype="i2").astype("f4") / 64
            tas[day : day + 20] = base + noise
            f["time"][day : day + 20] = np.arange(day, day + 20)
    print(f"{file}: {days} days, {file.stat().st_size:,} bytes")


def run(name, *command):
    before = time.monotonic()
    out = subprocess.run(
        ["/usr/bin/time", "-f", "%M", *map(str, command)], check=True, capture_output=True, text=True
    )
    seconds = time.monotonic() - before
    peak = int(out.stderr.split()[-1]) / 1024
    print(f"  {name}: {seconds:.1f} s, {peak:,.0f} MiB at most")


def main():
    folder = pathlib.Path(sys.argv[1])
    gigabytes = float(sys.argv[2]) if len(sys.argv) > 2 else 1.5
    script = folder / "xarray_mean.py"
    script.write_text(XARRAY)
    for form in ("NETCDF4", "NETCDF3_64BIT_OFFSET"):
        file = folder / f"climate-{form}.nc"
        if not file.exists():
            make(file, form, gigabytes)
        for _ in range(2):
            run("weft", WEFT, "run", "-q", "astype(mean(t, axis=0, dtype=float64), float32)", f"t={file}#tas", "-o", folder / "w.npy")
            run("xarray and Dask", sys.executable, script, file, folder / "x.npy")
        w, x = np.load(folder / "w.npy"), np.load(folder / "x.npy")
        print(f"  {form}: equal bits {np.array_equal(w, x)}, largest difference {np.abs(w - x).max()}")


if __name__ == "__main__":
    sys.exit(main())
