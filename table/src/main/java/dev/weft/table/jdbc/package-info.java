/**
 * The results of queries in SQL as tables, from any database that has a JDBC driver. Nothing but
 * {@code java.sql} is used. Start from {@link dev.weft.table.jdbc.JdbcQuery}.
 */
@org.jspecify.annotations.NullMarked
package dev.weft.table.jdbc;
