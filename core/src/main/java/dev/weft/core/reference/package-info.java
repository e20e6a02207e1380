/**
 * The device that defines what kernels mean: one element at a time, in plain Java, by the functions
 * of the op table. Start from {@link dev.weft.core.reference.ReferenceDevice}. Slow on purpose; it
 * knows nothing of generated code.
 */
@NullMarked
package dev.weft.core.reference;

import org.jspecify.annotations.NullMarked;
