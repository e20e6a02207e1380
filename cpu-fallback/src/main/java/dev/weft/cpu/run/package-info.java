/**
 * How a launch runs on CPU cores: the iteration space is brought into its simplest form ({@link
 * dev.weft.cpu.run.LoopNest}), walked in cache-sized tiles, and shared out among the workers that
 * have nothing else to do. Start from {@link dev.weft.cpu.run.FusedLaunch}. Must not know how tile
 * code is generated.
 */
@NullMarked
package dev.weft.cpu.run;

import org.jspecify.annotations.NullMarked;
