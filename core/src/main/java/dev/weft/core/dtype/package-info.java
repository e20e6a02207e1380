/**
 * Element types, NumPy's promotion table over them, and typed scalars. Start from {@link DType}.
 * Knows nothing of arrays.
 */
@NullMarked
package dev.weft.core.dtype;

import org.jspecify.annotations.NullMarked;
