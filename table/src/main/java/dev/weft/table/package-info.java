/**
 * Tables: many rows of named columns, lazy, in partitions that may be larger than memory together.
 * Begin with {@link dev.weft.table.Tables}.
 */
@org.jspecify.annotations.NullMarked
package dev.weft.table;
