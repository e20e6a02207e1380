package dev.weft.table.jdbc;

import dev.weft.core.error.DeviceException;
import dev.weft.core.error.UsageException;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientException;
import org.jspecify.annotations.Nullable;

/** A database that is asked one query; its failures are said with that, and without passwords. */
final class Database {
  private final ConnectionSupplier connections;
  private final String sql;
  private final @Nullable String url;
  private volatile Secrets secrets;

  /**
   * A database.
   *
   * @param url its address; null where only its connections know it
   */
  Database(ConnectionSupplier connections, String sql, @Nullable String url) {
    this.connections = connections;
    this.sql = sql;
    this.url = url;
    this.secrets = new Secrets(sql, url == null ? "" : url);
  }

  /**
   * The database of an address.
   *
   * @throws UsageException when there is no driver for it
   */
  static Database of(String url, String sql) {
    Database database = new Database(() -> DriverManager.getConnection(url), sql, url);
    try {
      DriverManager.getDriver(url);
    } catch (SQLException e) {
      throw database.refused(
          "no driver on the class path knows the address %s. Add the database's JDBC driver, and check the address, which begins with jdbc:"
              .formatted(database.shown(url)),
          e);
    }
    return database;
  }

  /** What is done with a connection. */
  @FunctionalInterface
  interface Question<R> {
    R of(Connection connection) throws SQLException;
  }

  /** A text without passwords. */
  String shown(String text) {
    return secrets.masked(text);
  }

  /**
   * Opens a connection before any rows are read, and closes it: where that fails, the database has
   * refused the query. Not all drivers say in a code that this is so.
   */
  <R> R prepare(Question<R> question) {
    return ask(
        connection -> {
          try {
            return question.of(connection);
          } catch (SQLException e) {
            if (mayPass(e) || String.valueOf(e.getSQLState()).startsWith("08")) {
              throw e;
            }
            throw refused(e);
          }
        });
  }

  /**
   * Opens a connection, and closes it whatever happens.
   *
   * @throws UsageException when the database refuses the query, or its result; the query is named
   */
  <R> R ask(Question<R> question) {
    try (Connection connection = connect()) {
      return question.of(connection);
    } catch (SQLException e) {
      throw failed(e);
    } catch (UsageException e) {
      throw String.valueOf(e.getMessage()).startsWith(query())
          ? e
          : refused(String.valueOf(e.getMessage()), e);
    }
  }

  private Connection connect() {
    Connection connection;
    try {
      connection = connections.open();
    } catch (SQLException e) {
      String to = url == null ? "the database" : shown(url);
      // Reads are tried again; a wrong password was found when the columns were asked for.
      throw new DeviceException(
          "%s: no connection to %s: %s. Check that the database runs, its address, user and password"
              .formatted(query(), to, secrets.message(e)),
          new IOException(secrets.message(e), secrets.masked(e)));
    }
    if (connection == null) {
      throw new UsageException("the supplier of connections gave null; return an open connection");
    }
    learn(connection);
    return connection;
  }

  /** A supplier's address, which drivers may repeat, is known by its connections alone. */
  private void learn(Connection connection) {
    try {
      String address = connection.getMetaData().getURL();
      if (url == null && address != null) {
        secrets = new Secrets(sql, address);
      }
    } catch (SQLException e) {
      // Not every driver tells it; what is known by its form is masked all the same.
    }
  }

  private RuntimeException failed(SQLException e) {
    if (Thread.currentThread().isInterrupted()) {
      return new DeviceException(
          "%s: cancelled; the connection is closed".formatted(query()), secrets.masked(e));
    }
    String state = String.valueOf(e.getSQLState());
    // The classes of syntax errors, names that do not exist, and values that do not convert.
    if (state.startsWith("42") || state.startsWith("22") || state.startsWith("07")) {
      return refused(e);
    }
    return device(
        "the database failed: %s. Check the query and the database".formatted(secrets.message(e)),
        e);
  }

  /** What may pass is tried again, as failures of files are. */
  private DeviceException device(String reason, SQLException e) {
    Throwable cause = secrets.masked(e);
    return new DeviceException(
        "%s: %s".formatted(query(), reason),
        mayPass(e) ? new IOException(secrets.message(e), cause) : cause);
  }

  private static boolean mayPass(SQLException e) {
    return e instanceof SQLTransientException
        || e instanceof SQLRecoverableException
        || String.valueOf(e.getSQLState()).startsWith("40");
  }

  private UsageException refused(SQLException e) {
    return refused("the database refuses it: " + secrets.message(e), e);
  }

  /** What is wrong with what the user gave. */
  private UsageException refused(String reason, Throwable cause) {
    return new UsageException("%s: %s".formatted(query(), reason), secrets.masked(cause));
  }

  private String query() {
    return "query '%s'".formatted(shown(sql).strip());
  }
}
