/**
 * Generated classes at run time: {@link dev.weft.kernels.jvm.tile.TileLoader} defines them beside
 * itself, where the JVM wants hidden classes, and makes of whole vectors and split bodies one
 * {@link dev.weft.kernels.jvm.tile.TileCode} for any number of elements.
 */
@NullMarked
package dev.weft.kernels.jvm.tile;

import org.jspecify.annotations.NullMarked;
