"""Writes files of many dialects with Python's csv module, and the cells it reads from them.

Run from the root of the checkout: python3 table/src/test/python/make_csv_fixtures.py
Each line is a file: the code of its separator, its bytes, then its rows, behind tabs; the cells of
a row are behind commas. Bytes and cells are in Base64.
"""

import base64
import csv
import io
import random

CELLS = [
    "", "a", "Zürich", "日本語", 'a"b', '"', '""', "a\nb", "a\r\nb", "\n", " lead", "trail ", " ",
    "x,y", "x;y", "x\ty", "x|y", "1.5", "-7", "😀", "it's", "#c", "\\", 'end"', '"begin', "NA",
]
OUT = "table/src/test/resources/dev/weft/table/csv/dialects.txt"


def packed(text):
    return base64.b64encode(text.encode()).decode()


def main():
    random.seed(20)
    with open(OUT, "w", newline="\n") as out:
        for separator in ",;\t|":
            for quoting in (csv.QUOTE_MINIMAL, csv.QUOTE_ALL, csv.QUOTE_NONNUMERIC):
                for end in ("\n", "\r\n", "\r"):
                    for mark in ("", "\ufeff"):
                        text = io.StringIO(newline="")
                        writer = csv.writer(
                            text, delimiter=separator, quoting=quoting, lineterminator=end)
                        width = random.randint(2, 5)
                        # Not all versions of Python quote line feeds where rows end in returns.
                        bare = end == "\r" and quoting == csv.QUOTE_MINIMAL
                        cells = [c for c in CELLS if not bare or "\n" not in c]
                        for _ in range(random.randint(1, 8)):
                            writer.writerow(random.choices(cells, k=width))
                            if random.random() < 0.2:
                                text.write(end)
                        content = text.getvalue()
                        if random.random() < 0.3:
                            content = content.rstrip(end)
                        rows = csv.reader(io.StringIO(content, newline=""), delimiter=separator)
                        cells = [",".join(packed(c) for c in row) for row in rows if row]
                        out.write("\t".join([str(ord(separator)), packed(mark + content), *cells]))
                        out.write("\n")


main()
