/**
 * How the elements of a chunk become bytes and back. A {@link dev.weft.io.zarr.codec.ChunkCodec}
 * undoes compression, byte order and order of axes; a {@link dev.weft.io.zarr.codec.ShardIndex}
 * finds chunks in a shard. Sizes are known from the metadata beforehand: no size that compressed
 * bytes claim is trusted.
 */
@NullMarked
package dev.weft.io.zarr.codec;

import org.jspecify.annotations.NullMarked;
