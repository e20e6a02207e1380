"""Dask DataFrame: partitions of pandas, kept in memory, by threads."""

import dask
import dask.dataframe as dd
import numpy as np
import pandas as pd

from weft_tables import pandas_peer
from weft_tables.frames import JOINS
from weft_tables.pandas_peer import categories

# Tables that are not cut, so that joins look up in them.
SMALL = {"small", "medium"}


class Peer(pandas_peer.Peer):
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

    def _join(self, id_):
        name, key, how = JOINS[id_]
        return self.tables["x"].merge(self.tables[name], on=key, how=how).compute()

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
