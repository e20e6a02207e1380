/**
 * The iteration space of a fused kernel in its simplest form ({@link dev.weft.cpu.tile.LoopNest}),
 * and the two ways to walk it in tiles that fit the cache: ranges ({@link
 * dev.weft.cpu.tile.LinearTiles}) and blocks of rows and columns ({@link
 * dev.weft.cpu.tile.BoxTiles}). Must not know how the code of a tile is generated, nor which worker
 * runs it.
 */
@NullMarked
package dev.weft.cpu.tile;

import org.jspecify.annotations.NullMarked;
