"""What peers have in common."""

JOINS = {"j1": ("small", "id1", "inner"), "j2": ("medium", "id2", "inner"),
         "j3": ("medium", "id2", "left"), "j4": ("medium", "id5", "inner"),
         "j5": ("big", "id3", "inner")}

FILES = {"groupby": ["groupby"], "join": ["x", "small", "medium", "big"],
         "timeseries": ["timeseries"], "csv": []}

# What is summed up to check a result, beside the number of rows.
SUMS = {"g1": ["v1"], "g2": ["v1"], "g3": ["v1", "v3"], "g4": ["v1", "v2", "v3"],
        "g5": ["v1", "v2", "v3"], "j1": ["v1", "v2"], "j2": ["v1", "v2"], "j3": ["v1", "v2"],
        "j4": ["v1", "v2"], "j5": ["v1", "v2"], "t2": ["count"], "t3": ["x"], "a1": ["r"],
        "c1": ["x", "y"]}


class Base:
    """A system: its tables are loaded for each kind of query, then each query is a method."""

    def __init__(self, threads, folder, csv):
        self.threads = threads
        self.folder = folder
        self.csv = csv
        self.tables = None

    def paths(self, kind):
        return {name: str(self.folder / f"{name}.parquet") for name in FILES[kind]}

    def settings(self):
        return f"{self.threads} threads"

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

    def check(self, id_, result):
        if id_ not in SUMS:
            return {"value": result}
        return {"rows": len(result)} | {n: float(result[n].sum()) for n in SUMS[id_]}
