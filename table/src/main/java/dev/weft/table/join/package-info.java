/** Rows of two tables with equal keys, side by side. */
@org.jspecify.annotations.NullMarked
package dev.weft.table.join;
