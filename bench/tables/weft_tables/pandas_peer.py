"""pandas: columns of text as categories, as the db-benchmark has them."""

import numpy as np
import pandas as pd

from weft_tables.frames import JOINS, Base


def categories(frame):
    for name in frame.columns:
        if isinstance(frame[name].dtype, pd.StringDtype) or frame[name].dtype == object:
            frame[name] = frame[name].astype("category")
    return frame


class Peer(Base):
    def version(self):
        return f"pandas {pd.__version__}"

    def settings(self):
        return "one thread; text as categories"

    def load(self, kind):
        return {name: categories(pd.read_parquet(path))
                for name, path in self.paths(kind).items()}

    def _by(self, keys, **how):
        x = self.tables["groupby"]
        return x.groupby(keys, as_index=False, sort=False, observed=True, dropna=False).agg(how)

    def g1(self):
        return self._by("id1", v1="sum")

    def g2(self):
        return self._by(["id1", "id2"], v1="sum")

    def g3(self):
        return self._by("id3", v1="sum", v3="mean")

    def g4(self):
        return self._by("id4", v1="mean", v2="mean", v3="mean")

    def g5(self):
        return self._by("id6", v1="sum", v2="sum", v3="sum")

    def _join(self, id_):
        name, key, how = JOINS[id_]
        return self.tables["x"].merge(self.tables[name], on=key, how=how)

    def t1(self):
        return int((self.tables["timeseries"]["name"] == "Alice").sum())

    def t2(self):
        return self.tables["timeseries"]["name"].value_counts().reset_index()

    def t3(self):
        t = self.tables["timeseries"]
        return t.groupby(["name", t["timestamp"].dt.hour], observed=True)["x"].mean().reset_index()

    def a1(self):
        t = self.tables["timeseries"]
        r = np.sqrt(t["x"] * t["x"] + t["y"] * t["y"])
        return r.groupby(t["name"], observed=True).sum().reset_index(name="r")

    def a2(self):
        t = self.tables["timeseries"]
        kept = t[(t["x"] > 0) & (t["y"] < 0.5)]
        return float((kept["x"] * kept["y"] + 1).sum())

    def c1(self):
        t = pd.read_csv(self.csv, engine="pyarrow", parse_dates=["timestamp"])
        return t.groupby("name")[["x", "y"]].mean().reset_index()
