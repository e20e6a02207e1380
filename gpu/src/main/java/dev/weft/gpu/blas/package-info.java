/** Matrix products on a GPU by cuBLAS, behind an interface with two bindings. */
@NullMarked
package dev.weft.gpu.blas;

import org.jspecify.annotations.NullMarked;
