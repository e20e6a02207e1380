"""Writes the tables of the demo: every 60th cell of the grid of precipitation, and the zones they are in.

    python3 cli/src/main/python/make_demo_tables.py
"""

import pathlib

import numpy as np

ZONES = [("tropical", 0, 23.5), ("subtropical", 23.5, 40), ("temperate", 40, 66.5), ("polar", 66.5, 90)]

folder = pathlib.Path(__file__).parent.parent / "resources/dev/weft/demo"
precipitation = np.load(folder / "precipitation_2016.npy")
latitudes = np.load(folder / "latitude.npy")
longitudes = np.load(folder / "longitude.npy")


def name(latitude, longitude):
    return (
        f"{abs(latitude):04.1f}{'N' if latitude >= 0 else 'S'}"
        f" {abs(longitude):05.1f}{'E' if longitude >= 0 else 'W'}"
    )


def zone(latitude):
    return next(zone for zone, low, high in ZONES if low <= abs(latitude) < high)


lines = ["cell,latitude,longitude,zone,precipitation"]
for i in range(0, len(latitudes), 6):
    for j in range(4, len(longitudes), 10):
        latitude, longitude = float(latitudes[i]), float(longitudes[j])
        lines.append(
            f"{name(latitude, longitude)},{latitude},{longitude},{zone(latitude)},{precipitation[i, j]:.1f}"
        )
(folder / "cells.csv").write_text("\n".join(lines) + "\n")

lines = ["zone,from,to"] + [f"{zone},{low},{high}" for zone, low, high in ZONES]
(folder / "zones.csv").write_text("\n".join(lines) + "\n")
