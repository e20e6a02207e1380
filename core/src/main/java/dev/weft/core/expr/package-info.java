/**
 * The lazy expression: one record per kind of node under the sealed {@link Expr}. Nodes are
 * immutable and compared by identity; sharing a node shares its work. Knows nothing of execution.
 */
@NullMarked
package dev.weft.core.expr;

import org.jspecify.annotations.NullMarked;
