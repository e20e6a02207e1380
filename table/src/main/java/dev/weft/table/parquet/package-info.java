/**
 * Tables in Parquet files, which are read by row groups. Where the pages of a column are, and that
 * they are sound, is known to {@link dev.weft.io.parquet.ParquetFile}; here they become columns.
 * Start from {@link dev.weft.table.parquet.ParquetTables}.
 */
@org.jspecify.annotations.NullMarked
package dev.weft.table.parquet;
