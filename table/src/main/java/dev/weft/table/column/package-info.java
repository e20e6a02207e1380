/**
 * Columns in memory: types, the values of one column in one partition, and batches, which are the
 * columns of a partition together. Everything here is immutable once it is made.
 */
@org.jspecify.annotations.NullMarked
package dev.weft.table.column;
