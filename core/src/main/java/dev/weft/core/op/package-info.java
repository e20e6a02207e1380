/**
 * The two op tables: {@link ElementwiseOps} and {@link Reductions}. A row gives the name, the
 * documentation, the types, the meaning (lambdas) and the texts for code generators; everything
 * else follows from it. Knows no arrays.
 */
@NullMarked
package dev.weft.core.op;

import org.jspecify.annotations.NullMarked;
