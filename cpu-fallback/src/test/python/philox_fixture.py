"""Writes the expected numbers of the random number tests.

Philox4x32-10 after Salmon et al. 2011, checked here against the known answers that the Random123
distribution ships (kat_vectors), and normal numbers by Box-Muller in extended precision.

    python philox_fixture.py > ../resources/dev/weft/cpu/random/philox.csv
"""

import numpy as np

M0, M1, W0, W1, LOW = 0xD2511F53, 0xCD9E8D57, 0x9E3779B9, 0xBB67AE85, 0xFFFFFFFF


def philox(counter, key):
    c, k = list(counter), list(key)
    for _ in range(10):
        p0, p1 = M0 * c[0], M1 * c[2]
        c = [p1 >> 32 ^ c[1] ^ k[0], p1 & LOW, p0 >> 32 ^ c[3] ^ k[1], p0 & LOW]
        k = [k[0] + W0 & LOW, k[1] + W1 & LOW]
    return c


KNOWN = [
    ([0] * 4, [0] * 2, [0x6627E8D5, 0xE169C58D, 0xBC57AC4C, 0x9B00DBD8]),
    ([LOW] * 4, [LOW] * 2, [0x408F276D, 0x41C83B0E, 0xA20BC7C6, 0x6D5451FD]),
    (
        [0x243F6A88, 0x85A308D3, 0x13198A2E, 0x03707344],
        [0xA4093822, 0x299F31D0],
        [0xD16CFE09, 0x94FDCCEB, 0x5001E420, 0x24126EA1],
    ),
]
for counter, key, words in KNOWN:
    assert philox(counter, key) == words


def words(seed, stream, n):
    return philox([n & LOW, n >> 32, stream & LOW, stream >> 32], [seed & LOW, seed >> 32])


def word64(seed, stream, i):
    g, e = divmod(i, 128)
    w = words(seed, stream, 64 * g + e % 64)[2 * (e // 64) :]
    return w[0] | w[1] << 32


def word32(seed, stream, i):
    g, e = divmod(i, 256)
    return words(seed, stream, 64 * g + e % 64)[e // 64]


def normal(seed, stream, i):
    g, e = divmod(i, 128)
    u, v = (word64(seed, stream, 128 * g + e % 64 + h) >> 11 for h in (0, 64))
    x = np.longdouble(2**53 - u) / np.longdouble(2**53)
    r = np.sqrt(-2 * np.log(x))
    # Quarter turns are taken off exactly, so that the angle stays small.
    quarter, rest = divmod(v + 2**50, 2**51)
    f = (np.longdouble(rest) - 2**50) / np.longdouble(2**51)
    a = f * (np.longdouble(2) * np.arctan(np.longdouble(1)))
    c, s = np.cos(a), np.sin(a)
    cos, sin = [(c, s), (-s, c), (-c, -s), (s, -c)][quarter % 4]
    return float(r * (cos if e < 64 else sin))


print("seed,stream,index,word64,word32,uniform64,normal64")
for seed, stream in [(0, 0), (42, 7), (2**64 - 1, 2**63 + 5), (0x299F31D0A4093822, 0x0370734413198A2E)]:
    for i in [0, 1, 5, 63, 64, 65, 127, 128, 129, 191, 192, 255, 256, 1000, 12345, 10**9 + 7, 2**33 + 77, 2**40 - 1, 2**61 + 99]:
        w = word64(seed, stream, i)
        print(f"{seed},{stream},{i},{w},{word32(seed, stream, i)},{(w >> 11) * 2.0**-53!r},{normal(seed, stream, i)!r}")
