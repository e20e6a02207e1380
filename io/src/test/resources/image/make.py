"""Writes small PNG and TIFF files, and what Pillow and tifffile read from them, for the tests of io.

    python3 make.py     with Pillow 12 and tifffile 2026, beside this file

PNG files of 16 bits in colour are written by hand: Pillow has no such arrays.
"""

import pathlib
import struct
import zlib

import numpy as np
import tifffile
from PIL import Image

HERE = pathlib.Path(__file__).parent
EXPECTED = HERE / "expected"
H, W = 19, 23


def expect(file, values):
    EXPECTED.mkdir(exist_ok=True)
    np.save(EXPECTED / f"{file}.npy", values)


def png(name, values, mode=None, **options):
    Image.fromarray(values, mode).save(HERE / f"{name}.png", **options)
    read = np.asarray(Image.open(HERE / f"{name}.png"))
    assert (read == values).all()
    expect(f"{name}.png", read)


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png_of_words(name, values):
    colour = {1: 0, 2: 4, 3: 2, 4: 6}[values.shape[2]]
    rows = b"".join(b"\0" + row.astype(">u2").tobytes() for row in values)
    header = struct.pack(">IIBBBBB", values.shape[1], values.shape[0], 16, colour, 0, 0, 0)
    (HERE / f"{name}.png").write_bytes(
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")
    )
    expect(f"{name}.png", values)


def tiff(name, values, **options):
    tifffile.imwrite(HERE / f"{name}.tif", values, metadata=None, **options)
    read = tifffile.imread(HERE / f"{name}.tif")
    assert (read == values).all() and read.dtype.newbyteorder("=") == values.dtype
    expect(f"{name}.tif", values)


def main():
    random = np.random.default_rng(5)
    byte = lambda *shape: random.integers(0, 256, shape, dtype="u1")
    word = lambda *shape: random.integers(0, 65536, shape, dtype="u2")

    png("grey", byte(H, W))
    png("grey16", word(H, W))
    png("rgb", byte(H, W, 3))
    png("rgba", byte(H, W, 4))
    png("greyalpha", byte(H, W, 2))
    png("bits", random.random((H, W)) < 0.5)
    png("clear", byte(H, W, 3), transparency=(1, 2, 3))
    png_of_words("rgb16", word(H, W, 3))
    png_of_words("rgba16", word(H, W, 4))

    indices = Image.fromarray(byte(H, W) % 7).convert("P")
    indices.putpalette(byte(21).tolist())
    indices.save(HERE / "palette.png")
    expect("palette.png", np.asarray(Image.open(HERE / "palette.png").convert("RGB")))
    indices.save(HERE / "palette-clear.png", transparency=3)
    expect("palette-clear.png", np.asarray(Image.open(HERE / "palette-clear.png").convert("RGBA")))

    tiff("grey", byte(H, W))
    tiff("grey16", word(H, W), byteorder=">")
    tiff("signed", word(H, W).view("i2"))
    tiff("rgb", byte(H, W, 3), photometric="rgb", rowsperstrip=4)
    tiff("rgba16", word(H, W, 4), photometric="rgb", extrasamples=["unassalpha"])
    tiff("float", random.standard_normal((H, W)).astype("f4"))
    tiff("stack", word(5, H, W), photometric="minisblack")
    tiff("stack-rgb", byte(3, H, W, 3), photometric="rgb")
    # Neighbours are alike, as in pictures, so that codecs and predictors have something to do.
    smooth = (np.add.outer(np.arange(40) * 300, np.arange(37) * 500) + word(40, 37) % 40).astype("u2")
    tiff("deflate", smooth, compression="zlib")
    tiff("predicted", (smooth >> 8).astype("u1"), compression="zlib", predictor=2)
    tifffile.imwrite(HERE / "differences.tif", smooth, compression="zlib", predictor=2, metadata=None)
    tiff("tiles", np.stack([smooth, smooth.T[:37, :37].repeat(2, 0)[:40, :37]]), compression="zlib", tile=(16, 32),
         photometric="minisblack")
    for name, codec in (("lzw", "tiff_lzw"), ("packbits", "packbits")):
        Image.fromarray((smooth >> 8).astype("u1")).save(HERE / f"{name}.tif", compression=codec)
        expect(f"{name}.tif", tifffile.imread(HERE / f"{name}.tif") if codec == "packbits" else (smooth >> 8).astype("u1"))

    # Pages that are not alike.
    with tifffile.TiffWriter(HERE / "pages.tif") as pages:
        pages.write(byte(4, 5), metadata=None)
        pages.write(word(3, 2), metadata=None)
    Image.fromarray(byte(H, W)).convert("RGB").save(HERE / "jpeg.tif", compression="jpeg")


if __name__ == "__main__":
    main()
