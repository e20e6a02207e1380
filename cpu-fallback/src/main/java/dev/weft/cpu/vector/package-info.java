/**
 * How kernels on the Vector API are made: one source, one class per constant it is specialised for.
 *
 * <p>Start from {@link dev.weft.cpu.vector.Specialization}. C2 turns vector operations into
 * instructions only where species and operator are constants of the compiled method.
 */
@NullMarked
package dev.weft.cpu.vector;

import org.jspecify.annotations.NullMarked;
