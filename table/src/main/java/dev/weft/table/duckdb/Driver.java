package dev.weft.table.duckdb;

import dev.weft.core.error.UsageException;

/** Whether DuckDB is there. Names no class of it, so that it works without. */
final class Driver {
  static final String NAME = "org.duckdb.DuckDBDriver";
  private static final String ARTIFACT = "org.duckdb:duckdb_jdbc:2.0.0.1";

  private Driver() {}

  /**
   * Refuses where it is not.
   *
   * @param task what was asked for, such as {@code sql}
   * @param name of the driver's class
   */
  static void require(String task, String name) {
    try {
      Class.forName(name, false, Driver.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      throw new UsageException(
          "%s: this is done by DuckDB, whose driver is not on the class path. Add the dependency %s"
              .formatted(task, ARTIFACT),
          e);
    }
  }
}
