"""The comparison of Weft with other systems on one GPU."""
