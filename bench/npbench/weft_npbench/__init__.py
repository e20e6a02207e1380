"""Programs of npbench on Weft and its peers; bench/npbench/README.md."""
