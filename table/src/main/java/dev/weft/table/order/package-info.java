/** Rows in order: numbers whose order is that of keys, and sorts by them. */
@org.jspecify.annotations.NullMarked
package dev.weft.table.order;
