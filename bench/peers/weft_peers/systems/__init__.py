"""One module per Python peer; each has a class Peer (see base.py)."""
