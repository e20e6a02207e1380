/**
 * The loop that computes one vector at a time, as calls of the Vector API by name. Start from
 * {@link dev.weft.kernels.jvm.vector.VectorLoop}; {@link dev.weft.kernels.jvm.vector.VectorForm}
 * says which rows have a vector form that gives the scalar loop's bits and is worth it.
 */
@NullMarked
package dev.weft.kernels.jvm.vector;

import org.jspecify.annotations.NullMarked;
