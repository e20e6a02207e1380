"""Writes what NumPy makes of the demo's job, for DemoTest: lines "name<TAB>values".

    python3 cli/src/test/python/make_demo_fixtures.py
"""

import pathlib

import numpy as np

SOURCES = pathlib.Path(__file__).parent.parent.parent
DATA = SOURCES / "main/resources/dev/weft/demo"


def main():
    names = {name: getattr(np, name) for name in dir(np) if not name.startswith("_")}
    names |= {"p": np.load(DATA / "precipitation_2016.npy"), "latitude": np.load(DATA / "latitude.npy")}
    exec((DATA / "demo.weft").read_text(), names)
    folder = SOURCES / "test/resources/dev/weft/cli"
    folder.mkdir(parents=True, exist_ok=True)
    with open(folder / "demo-fixtures.txt", "w") as out:
        for name in ("average", "zones", "wettest", "cell", "highest", "lowest", "unusual"):
            values = np.asarray(names[name], dtype=np.float64).ravel()
            out.write(name + "\t" + ",".join(map(repr, values.tolist())) + "\n")


main()
