/** The public API: lazy chunked arrays and the session that computes them. */
@NullMarked
package dev.weft.core;

import org.jspecify.annotations.NullMarked;
