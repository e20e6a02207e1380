/**
 * Expressions of columns and how they are evaluated over a batch: what is of numbers becomes one
 * job of arrays, in which it is fused; text is looked at once for each different value.
 */
@org.jspecify.annotations.NullMarked
package dev.weft.table.expr;
