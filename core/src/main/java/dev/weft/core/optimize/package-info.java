/**
 * Passes that turn an expression into an equivalent, cheaper one. {@link Optimizer} runs them in
 * order; each is named, timed, can be left out, and never changes a result, not even its last bit.
 */
@NullMarked
package dev.weft.core.optimize;

import org.jspecify.annotations.NullMarked;
