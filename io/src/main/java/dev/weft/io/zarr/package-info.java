/**
 * Zarr: folders of compressed chunks, versions 2 and 3. {@link dev.weft.io.zarr.Zarr} reads and
 * writes them. Stores are not trusted: whatever they hold, arrays load or are refused with a {@link
 * dev.weft.io.FormatException} that names the file.
 */
@NullMarked
package dev.weft.io.zarr;

import org.jspecify.annotations.NullMarked;
