/** Requests to the bridge and its answers. */
@NullMarked
package dev.weft.bench.bridge;

import org.jspecify.annotations.NullMarked;
