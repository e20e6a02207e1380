"""Has tensorstore read Zarr stores that WriteZarr.java writes, and compares them with npy files of the same values."""

import json
import os
import pathlib
import subprocess
import sys
import tempfile

import numpy as np
import tensorstore

ROOT = pathlib.Path(__file__).resolve().parents[2]


def class_path():
    """Of a build by ./weft, which writes down what is on its own."""
    return f"{ROOT}/cli/target/weft-cli.jar:" + (ROOT / "cli/target/weft.dependencies").read_text().strip()


def main():
    java = os.path.join(os.environ["JAVA_HOME"], "bin", "java")
    different = 0
    with tempfile.TemporaryDirectory() as folder:
        source = ROOT / "bench/interop/WriteZarr.java"
        subprocess.run([java, "--add-modules", "jdk.incubator.vector", "--enable-native-access=ALL-UNNAMED",
                        "-cp", class_path(), str(source), folder], check=True)
        stores = sorted(pathlib.Path(folder).glob("*.zarr"))
        for store in stores:
            spec = {"driver": "zarr3", "kvstore": {"driver": "file", "path": f"{store}/"}}
            found = np.asarray(tensorstore.open(spec, read=True).result().read().result())
            expected = np.load(store.with_suffix(".npy"))
            same = found.dtype == expected.dtype and found.tobytes() == expected.tobytes()
            different += not same
            if not same:
                print(f"{store.name}: DIFFERENT")
        opened = tensorstore.open({"driver": "zarr3", "kvstore": {"driver": "file", "path": f"{folder}/named.zarr/"}}).result()
        attributes = json.loads((pathlib.Path(folder) / "named.zarr/zarr.json").read_text())["attributes"]
        named = opened.domain.labels == ("lat", "lon") and attributes == {
            "units": "K", "valid_range": [0, 350.5], "checked": True}
        print(f"{len(stores)} stores: {len(stores) - different} equal; names of axes and attributes "
              + ("as given" if named else f"DIFFERENT: {opened.domain.labels} {attributes}"))
        return different + (not named)


if __name__ == "__main__":
    sys.exit(main())
