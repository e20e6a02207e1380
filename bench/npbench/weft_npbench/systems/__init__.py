"""The Python peers, each with the programs that it has."""
