/**
 * Decompositions of matrices on the host, by a LAPACK library that another module brings.
 *
 * <p>Start from {@link dev.weft.core.linalg.MatrixRoutine}: a routine sees one matrix after the
 * other, column by column, in memory of its own.
 */
@NullMarked
package dev.weft.core.linalg;

import org.jspecify.annotations.NullMarked;
