"""DuckDB: tables in memory, text as enumerations, as the db-benchmark has them."""

import duckdb

from weft_tables.frames import JOINS, SUMS, Base


class Peer(Base):
    def __init__(self, threads, folder, csv):
        super().__init__(threads, folder, csv)
        self.db = duckdb.connect(":memory:", config={"threads": threads})
        self.db.execute("SET preserve_insertion_order = false")

    def version(self):
        return f"DuckDB {duckdb.__version__}"

    def settings(self):
        return f"{self.threads} threads; text as enumerations; order of insertion not kept"

    def load(self, kind):
        self.db.execute("DROP TABLE IF EXISTS answer")
        for name in ["groupby", "x", "small", "medium", "big", "timeseries"]:
            self.db.execute(f"DROP TABLE IF EXISTS {name}")
        texts = {}
        for name, path in self.paths(kind).items():
            self.db.execute(f"CREATE TABLE {name} AS FROM '{path}'")
            for column, type_ in self.db.execute(
                    "SELECT column_name, data_type FROM information_schema.columns "
                    f"WHERE table_name = '{name}'").fetchall():
                if type_ == "VARCHAR":
                    texts.setdefault(column, []).append(name)
        for column, tables in texts.items():
            union = " UNION ".join(f"SELECT {column} FROM {name}" for name in tables)
            self.db.execute(f"DROP TYPE IF EXISTS e_{column}")
            self.db.execute(f"CREATE TYPE e_{column} AS ENUM ({union})")
            for name in tables:
                self.db.execute(f"ALTER TABLE {name} ALTER {column} TYPE e_{column}")
        return {}

    def _answer(self, sql):
        self.db.execute("DROP TABLE IF EXISTS answer")
        self.db.execute(f"CREATE TABLE answer AS {sql}")

    def g1(self):
        self._answer("SELECT id1, sum(v1) AS v1 FROM groupby GROUP BY id1")

    def g2(self):
        self._answer("SELECT id1, id2, sum(v1) AS v1 FROM groupby GROUP BY id1, id2")

    def g3(self):
        self._answer("SELECT id3, sum(v1) AS v1, avg(v3) AS v3 FROM groupby GROUP BY id3")

    def g4(self):
        self._answer("SELECT id4, avg(v1) AS v1, avg(v2) AS v2, avg(v3) AS v3 FROM groupby "
                     "GROUP BY id4")

    def g5(self):
        self._answer("SELECT id6, sum(v1) AS v1, sum(v2) AS v2, sum(v3) AS v3 FROM groupby "
                     "GROUP BY id6")

    def _join(self, id_):
        name, key, how = JOINS[id_]
        self._answer(f"SELECT x.*, {name}.* EXCLUDE ({key}) FROM x {how} JOIN {name} USING ({key})")

    def t1(self):
        return self.db.execute("SELECT count(*) FROM timeseries WHERE name = 'Alice'").fetchone()[0]

    def t2(self):
        self._answer("SELECT name, count(*) AS count FROM timeseries GROUP BY name ORDER BY 2 DESC")

    def t3(self):
        self._answer("SELECT name, hour(timestamp) AS hour, avg(x) AS x FROM timeseries "
                     "GROUP BY ALL ORDER BY 1, 2")

    def a1(self):
        self._answer("SELECT name, sum(sqrt(x*x + y*y)) AS r FROM timeseries GROUP BY name")

    def a2(self):
        return self.db.execute(
            "SELECT sum(x*y + 1) FROM timeseries WHERE x > 0 AND y < 0.5").fetchone()[0]

    def c1(self):
        self._answer(f"SELECT name, avg(x) AS x, avg(y) AS y FROM read_csv('{self.csv}') "
                     "GROUP BY name")

    def check(self, id_, result):
        if id_ not in SUMS:
            return {"value": result}
        sums = ", ".join(f"sum({n})" for n in SUMS[id_])
        row = self.db.execute(f"SELECT count(*), {sums} FROM answer").fetchone()
        return {"rows": row[0]} | {n: float(v) for n, v in zip(SUMS[id_], row[1:])}
