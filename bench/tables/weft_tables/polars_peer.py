"""Polars: lazy queries, text as categories, as the db-benchmark has them."""

import os

from weft_tables.frames import JOINS, Base


class Peer(Base):
    def __init__(self, threads, folder, csv):
        # Read when the library is loaded.
        os.environ["POLARS_MAX_THREADS"] = str(threads)
        super().__init__(threads, folder, csv)
        import polars
        self.pl = polars
        self.c = polars.col

    def version(self):
        return f"Polars {self.pl.__version__}"

    def settings(self):
        return f"{self.pl.thread_pool_size()} threads; text as categories"

    def load(self, kind):
        return {name: self.pl.read_parquet(path)
                .with_columns(self.pl.selectors.string().cast(self.pl.Categorical))
                for name, path in self.paths(kind).items()}

    def _by(self, keys, *how):
        return self.tables["groupby"].lazy().group_by(keys).agg(*how).collect()

    def g1(self):
        return self._by("id1", self.c("v1").sum())

    def g2(self):
        return self._by(["id1", "id2"], self.c("v1").sum())

    def g3(self):
        return self._by("id3", self.c("v1").sum(), self.c("v3").mean())

    def g4(self):
        return self._by("id4", self.c("v1", "v2", "v3").mean())

    def g5(self):
        return self._by("id6", self.c("v1", "v2", "v3").sum())

    def _join(self, id_):
        name, key, how = JOINS[id_]
        return self.tables["x"].lazy().join(self.tables[name].lazy(), on=key, how=how).collect()

    def _series(self):
        return self.tables["timeseries"].lazy()

    def t1(self):
        return self._series().filter(self.c("name") == "Alice").select(
            self.pl.len()).collect().item()

    def t2(self):
        return self._series().group_by("name").agg(self.pl.len().alias("count")).sort(
            "count", descending=True).collect()

    def t3(self):
        hour = self.c("timestamp").dt.hour().alias("hour")
        return self._series().group_by("name", hour).agg(self.c("x").mean()).sort(
            "name", "hour").collect()

    def a1(self):
        r = (self.c("x") * self.c("x") + self.c("y") * self.c("y")).sqrt().sum().alias("r")
        return self._series().group_by("name").agg(r).collect()

    def a2(self):
        kept = self._series().filter((self.c("x") > 0) & (self.c("y") < 0.5))
        return kept.select((self.c("x") * self.c("y") + 1).sum()).collect().item()

    def c1(self):
        t = self.pl.scan_csv(self.csv, try_parse_dates=True)
        return t.group_by("name").agg(self.c("x", "y").mean()).collect()
