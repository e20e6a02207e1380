/**
 * SQL over tables and writing of Parquet, both by DuckDB, whose driver {@code
 * org.duckdb:duckdb_jdbc} is on the class path of those who want them. Only this package names it.
 */
@org.jspecify.annotations.NullMarked
package dev.weft.table.duckdb;
