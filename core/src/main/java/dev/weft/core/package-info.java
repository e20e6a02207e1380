/**
 * The public API: {@link Session} makes {@link NDArray}s, whose methods describe arithmetic and
 * whose {@code compute} gives a {@link HostArray}.
 */
@NullMarked
package dev.weft.core;

import org.jspecify.annotations.NullMarked;
