package dev.weft.table.jdbc;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * Opens connections to a database: {@code dataSource::getConnection}, or {@code () ->
 * DriverManager.getConnection(url, user, password)}. Called by several threads at a time, once for
 * each partition that is read; each connection is closed by whoever asked for it.
 */
@FunctionalInterface
public interface ConnectionSupplier {
  /** A new connection, or one of a pool. */
  Connection open() throws SQLException;
}
