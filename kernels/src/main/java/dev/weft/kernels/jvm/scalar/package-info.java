/**
 * The loop that computes one element at a time. Start from {@link
 * dev.weft.kernels.jvm.scalar.ScalarLoop}. It gives every row of the op table its meaning on the
 * JVM; vectors borrow its single elements, it knows nothing of them.
 */
@NullMarked
package dev.weft.kernels.jvm.scalar;

import org.jspecify.annotations.NullMarked;
