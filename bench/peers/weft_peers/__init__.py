"""Compares Weft with other array libraries, workload by workload, in one interleaved run."""
