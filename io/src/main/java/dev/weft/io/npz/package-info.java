/** NumPy's npz files: zip archives of npy files. */
@NullMarked
package dev.weft.io.npz;

import org.jspecify.annotations.NullMarked;
