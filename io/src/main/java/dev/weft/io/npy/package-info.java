/**
 * NumPy's npy format: {@link dev.weft.io.npy.Npy} reads and writes files, which are mapped, not
 * copied. Files are not trusted: whatever they hold, they load or are refused with a {@link
 * dev.weft.io.npy.FormatException}.
 */
@NullMarked
package dev.weft.io.npy;

import org.jspecify.annotations.NullMarked;
