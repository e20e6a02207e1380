package dev.weft.table.jdbc;

import static dev.weft.table.Columns.col;
import static dev.weft.table.Columns.count;
import static dev.weft.table.Columns.sum;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.core.Session;
import dev.weft.core.error.DeviceException;
import dev.weft.core.error.UsageException;
import dev.weft.core.error.WeftException;
import dev.weft.table.HostTable;
import dev.weft.table.Table;
import dev.weft.table.Tables;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Queries as tables: rows, connections, failures. */
class JdbcQueryTest {
  private static final String NUMBERS = "select x from system_range(1, 300000) order by x desc";

  @TempDir private Path folder;

  /** Connections to one database, which are counted. */
  private final class Counted implements ConnectionSupplier {
    private final List<Connection> opened = new ArrayList<>();

    @Override
    public synchronized Connection open() throws SQLException {
      Connection connection = DriverManager.getConnection(Databases.h2(folder));
      opened.add(connection);
      return connection;
    }

    synchronized void requireAllClosed(int count) throws SQLException {
      assertThat(opened).hasSize(count);
      for (Connection each : opened) {
        assertThat(each.isClosed()).isTrue();
      }
    }
  }

  @Test
  void rowsInTheOrderOfTheQuery() throws SQLException {
    Counted connections = new Counted();
    try (Session session = Session.open()) {
      Table t = Tables.query(session, connections, NUMBERS);
      connections.requireAllClosed(1);
      HostTable rows = t.compute();
      connections.requireAllClosed(2);
      assertThat(rows.rows()).isEqualTo(300_000);
      assertThat(rows.getLong(0, "X")).isEqualTo(300_000);
      assertThat(rows.getLong(299_999, "X")).isEqualTo(1);
      assertThat(t.count()).isEqualTo(300_000);
      assertThat(t.explain()).contains("read query '" + NUMBERS + "': X, 1 partition");
    }
  }

  @Test
  void aJoinOfPartitionsAndAFile() throws SQLException {
    String url = Databases.duckdb(folder);
    Databases.execute(
        url,
        "create table orders as select i as id, i % 7 as shop, i * 0.25 as price, 'of ' || i as note from range(20000) r(i)");
    // DuckDB closes a file with its last connection, and refuses to open it while that goes on.
    try (Connection open = DriverManager.getConnection(url);
        Session session = Session.open()) {
      Table orders =
          Tables.query(
              session,
              url,
              "select * from orders",
              JdbcReading.defaults().partitioned("id", 0, 20_000, 8).fetchSize(100));
      assertThat(orders.explain()).contains("8 partitions");
      HostTable sums =
          orders
              .filter(col("id").less(14_000))
              .groupBy("shop")
              .agg(sum("price"), count())
              .sort("shop")
              .compute();
      assertThat(sums.rows()).isEqualTo(7);
      for (int shop = 0; shop < 7; shop++) {
        assertThat(sums.getLong(shop, "count")).isEqualTo(2000);
        assertThat(sums.getDouble(shop, "sum_price"))
            .isEqualTo(0.25 * (2000.0 * shop + 7.0 * 1999 * 1000));
      }
      assertThat(orders.count()).isEqualTo(20_000);
    }
  }

  @Test
  void aQueryThatTheDatabaseRefuses() throws SQLException {
    Counted connections = new Counted();
    assertThatThrownBy(
            () -> JdbcQuery.open(connections, "select y from nowhere", JdbcReading.defaults()))
        .isInstanceOf(UsageException.class)
        .hasMessageStartingWith("query 'select y from nowhere': the database refuses it: ")
        .hasMessageContaining("NOWHERE");
    assertThatThrownBy(
            () -> JdbcQuery.open(connections, "drop table if exists t", JdbcReading.defaults()))
        .isInstanceOf(UsageException.class)
        .hasMessage("query 'drop table if exists t': the statement gives no rows; write a SELECT");
    assertThatThrownBy(
            () -> JdbcQuery.open(connections, "select 1 as a, 2 as a", JdbcReading.defaults()))
        .isInstanceOf(UsageException.class)
        .hasMessage(
            "query 'select 1 as a, 2 as a': two columns are named 'A'; give each a name of its own, with AS in the query");
    connections.requireAllClosed(3);
    assertThatThrownBy(
            () -> JdbcQuery.open("jdbc:duckdb:", "select y frum z", JdbcReading.defaults()))
        .isInstanceOf(UsageException.class)
        .hasMessageStartingWith("query 'select y frum z': the database refuses it: ");
    assertThatThrownBy(() -> JdbcQuery.open(() -> null, "select 1", JdbcReading.defaults()))
        .isInstanceOf(UsageException.class)
        .hasMessage(
            "query 'select 1': the supplier of connections gave null; return an open connection");
  }

  @Test
  void aFailureInTheMiddleOfTheRows() throws SQLException {
    Counted connections = new Counted();
    try (Session session = Session.open()) {
      Table t =
          Tables.query(
              session,
              connections,
              "select cast('x' || x as integer) as y from system_range(1, 10)");
      assertThatThrownBy(t::compute)
          .isInstanceOf(UsageException.class)
          .hasMessageStartingWith("query 'select cast(")
          .hasMessageContaining("the database refuses it: ");
      connections.requireAllClosed(2);
    }
  }

  /** What goes wrong at the end hides neither rows nor the reason why there are none. */
  @Test
  void aConnectionThatCannotEndItsTransaction() {
    ConnectionSupplier broken =
        () -> {
          Connection real = DriverManager.getConnection("jdbc:duckdb:");
          return (Connection)
              Proxy.newProxyInstance(
                  getClass().getClassLoader(),
                  new Class<?>[] {Connection.class},
                  (proxy, method, arguments) -> {
                    if (method.getName().equals("rollback")) {
                      throw new SQLException("no rollback");
                    }
                    return method.invoke(real, arguments);
                  });
        };
    try (Session session = Session.open()) {
      assertThat(Tables.query(session, broken, "select 7 as x").compute().getLong(0, "x"))
          .isEqualTo(7);
      Table fails =
          Tables.query(session, broken, "select ('x' || r.range)::int as y from range(3) r");
      assertThatThrownBy(fails::compute)
          .isInstanceOf(WeftException.class)
          .hasMessageContaining("Conversion Error");
    }
  }

  /** What may pass is tried again, up to four times; then the error says what was asked. */
  @Test
  void aDatabaseThatCannotBeReachedForAMoment() {
    AtomicInteger failures = new AtomicInteger();
    ConnectionSupplier sometimes =
        () -> {
          if (failures.getAndDecrement() > 0) {
            throw new SQLNonTransientConnectionException("busy");
          }
          return DriverManager.getConnection("jdbc:duckdb:");
        };
    try (Session session = Session.open()) {
      Table t = Tables.query(session, sometimes, "select 42 as x");
      failures.set(3);
      assertThat(t.compute().getLong(0, "x")).isEqualTo(42);
      failures.set(100);
      assertThatThrownBy(t::compute)
          .isInstanceOf(DeviceException.class)
          .hasMessage(
              "query 'select 42 as x': no connection to the database: busy. Check that the database runs, its address, user and password");
    }
  }

  @Test
  void noDriver() {
    assertThatThrownBy(
            () ->
                JdbcQuery.open(
                    "jdbc:nobody://h?password=swordfish", "select 1", JdbcReading.defaults()))
        .isInstanceOf(UsageException.class)
        .hasMessage(
            "query 'select 1': no driver on the class path knows the address jdbc:nobody://h?password=***. Add the database's JDBC driver, and check the address, which begins with jdbc:");
  }

  private static void tellsNoPassword(ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOf(WeftException.class)
        .satisfies(
            e -> {
              StringWriter trace = new StringWriter();
              e.printStackTrace(new PrintWriter(trace));
              assertThat(trace.toString())
                  .doesNotContainIgnoringCase("swordfish")
                  .doesNotContainIgnoringCase("catfish");
            });
  }

  @Test
  void passwordsAreNotTold() throws SQLException {
    String url = Databases.h2(folder);
    Databases.execute(url, "create table t (x integer)");
    JdbcReading reading = JdbcReading.defaults();
    String wrong = url.replace("swordfish", "catfish");
    tellsNoPassword(() -> JdbcQuery.open(wrong, "select 1", reading));
    tellsNoPassword(() -> JdbcQuery.open(url + ";NO_SUCH_SETTING=1", "select 1", reading));
    tellsNoPassword(() -> JdbcQuery.open(url, "select 'password=catfish' from nowhere", reading));
    tellsNoPassword(
        () -> JdbcQuery.open(() -> DriverManager.getConnection(wrong), "select 1", reading));
    tellsNoPassword(
        () ->
            JdbcQuery.open(
                () -> DriverManager.getConnection("jdbc:nobody:password=catfish"),
                "select 1",
                reading));
    assertThat(
            JdbcQuery.open(url, "select x as \"password=catfish\" from t", reading).description())
        .isEqualTo("query 'select x as \"password=***\" from t'");
  }

  /**
   * The database would count for hours. It is cancelled before that has begun, and while it does.
   */
  @ParameterizedTest
  @ValueSource(longs = {0, 5, 40, 400})
  @Timeout(value = 2, unit = TimeUnit.MINUTES)
  void cancelling(long pauseMillis) throws Exception {
    String sql =
        "select count(*) as n from range(10000000) a, range(10000000) b where (a.range * b.range) % 7 = 3";
    List<Connection> opened = new ArrayList<>();
    CountDownLatch asked = new CountDownLatch(2);
    ConnectionSupplier supplier =
        () -> {
          Connection connection = DriverManager.getConnection("jdbc:duckdb:");
          opened.add(connection);
          asked.countDown();
          return connection;
        };
    AtomicReference<Throwable> thrown = new AtomicReference<>();
    Thread reader =
        new Thread(
            () -> {
              try {
                JdbcQuery.open(supplier, sql, JdbcReading.defaults()).read(0, List.of("n"));
              } catch (Throwable e) {
                thrown.set(e);
              }
            });
    reader.start();
    assertThat(asked.await(1, TimeUnit.MINUTES)).isTrue();
    Thread.sleep(pauseMillis);
    reader.interrupt();
    reader.join();
    assertThat(thrown.get())
        .isInstanceOf(DeviceException.class)
        .hasMessage("query '" + sql + "': cancelled; the connection is closed");
    assertThat(opened).hasSize(2);
    for (Connection each : opened) {
      assertThat(each.isClosed()).isTrue();
    }
  }
}
