"""Dask DataFrame: partitions of pandas, kept in memory, by threads."""

import dask
import dask.dataframe as dd
import numpy as np
import pandas as pd

from weft_tables.frames import JOINS, SUMS, Base
from weft_tables.pandas_peer import categories

# Tables that are not cut, so that joins look up in them.
SMALL = {"small", "medium"}


class Peer(Base):
    def __init__(self, threads, folder, csv):
        super().__init__(threads, folder, csv)
        dask.config.set(scheduler="threads", num_workers=threads)

    def version(self):
        return f"Dask {dask.__version__}"

    def settings(self):
        return f"{self.threads} threads; {2 * self.threads} partitions of pandas; text as categories, in joins as text"

    def load(self, kind):
        # Joins by text as text: shuffles of categories take minutes.
        frames = {name: pd.read_parquet(path) for name, path in self.paths(kind).items()}
        return {name: dd.from_pandas(frame if kind == "join" else categories(frame),
                                     npartitions=1 if name in SMALL else 2 * self.threads)
                for name, frame in frames.items()}

    def _by(self, keys, **how):
        x = self.tables["groupby"]
        return x.groupby(keys, sort=False, observed=True).agg(how).compute()

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
        return self.tables["x"].merge(self.tables[name], on=key, how=how).compute()

    def j1(self):
        return self._join("j1")

    def j2(self):
        return self._join("j2")

    def j3(self):
        return self._join("j3")

    def j4(self):
        return self._join("j4")

    def j5(self):
        return self._join("j5")

    def t1(self):
        return int((self.tables["timeseries"]["name"] == "Alice").sum().compute())

    def t2(self):
        return self.tables["timeseries"]["name"].value_counts().compute().reset_index()

    def t3(self):
        t = self.tables["timeseries"]
        t = t.assign(hour=t["timestamp"].dt.hour)
        return t.groupby(["name", "hour"], observed=True)["x"].mean().compute().reset_index()

    def a1(self):
        t = self.tables["timeseries"]
        t = t.assign(r=np.sqrt(t["x"] * t["x"] + t["y"] * t["y"]))
        return t.groupby("name", observed=True)["r"].sum().compute().reset_index()

    def a2(self):
        t = self.tables["timeseries"]
        kept = t[(t["x"] > 0) & (t["y"] < 0.5)]
        return float((kept["x"] * kept["y"] + 1).sum().compute())

    def c1(self):
        t = dd.read_csv(self.csv, parse_dates=["timestamp"])
        return t.groupby("name")[["x", "y"]].mean().compute().reset_index()

    def check(self, id_, result):
        if id_ not in SUMS:
            return {"value": result}
        return {"rows": len(result)} | {n: float(result[n].sum()) for n in SUMS[id_]}
