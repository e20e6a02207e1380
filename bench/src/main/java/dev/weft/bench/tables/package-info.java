/** Weft's side of the comparison of tables with other systems, {@code bench/tables}. */
@org.jspecify.annotations.NullMarked
package dev.weft.bench.tables;
