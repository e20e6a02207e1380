/**
 * What a Zarr store says about its arrays and groups, of version 2 and 3, as one {@link
 * dev.weft.io.zarr.metadata.ArrayMetadata}. {@link dev.weft.io.zarr.metadata.Nodes} finds it. What
 * is damaged is refused with the file and the key that is wrong; what is merely not supported is
 * told when the array is opened.
 */
@NullMarked
package dev.weft.io.zarr.metadata;

import org.jspecify.annotations.NullMarked;
