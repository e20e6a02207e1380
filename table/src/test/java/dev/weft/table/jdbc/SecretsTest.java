package dev.weft.table.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Passwords are not told. */
class SecretsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "jdbc:postgresql://host/db?user=me&password=sword,fish&ssl=true | jdbc:postgresql://host/db?user=me&password=***&ssl=true",
        "jdbc:h2:mem:x;USER=sa;PASSWORD=swordfish | jdbc:h2:mem:x;USER=sa;PASSWORD=***",
        "jdbc:sqlserver://host;password={sword;fish};x=1 | jdbc:sqlserver://host;password=***;x=1",
        "jdbc:mysql://me:sw:or/d@fish@host:3306/db | jdbc:mysql://me:***@host:3306/db",
        "jdbc:oracle:thin:scott/tiger@//host:1521/x | jdbc:oracle:thin:scott/***@//host:1521/x",
        "jdbc:x:?access_key=abc&secret=def | jdbc:x:?access_key=***&secret=***",
        "attach 'x' (password 'no') where passage = 5 | attach 'x' (password 'no') where passage = 5",
      })
  void addresses(String text, String masked) {
    assertThat(new Secrets().masked(text)).isEqualTo(masked);
  }

  @Test
  void whatDriversRepeat() {
    Secrets secrets = new Secrets("jdbc:h2:mem:x;PASSWORD=swordfish");
    SQLException inner = new SQLException("user sa says swordfish");
    SQLException e = new SQLException("refused: swordfish", "28000", 7, inner);
    e.setNextException(new SQLException("swordfish again"));
    SQLException closing = new SQLException("the connection is gone");
    closing.addSuppressed(e);
    assertThat(secrets.masked(closing).getSuppressed()).isEmpty();
    StringWriter trace = new StringWriter();
    Throwable masked = secrets.masked(e);
    masked.printStackTrace(new PrintWriter(trace));
    assertThat(trace.toString())
        .contains("refused: ***", "user sa says ***")
        .doesNotContain("fish");
    assertThat(((SQLException) masked).getSQLState()).isEqualTo("28000");
    assertThat(((SQLException) masked).getErrorCode()).isEqualTo(7);
    assertThat((Throwable) ((SQLException) masked).getNextException()).isNull();
    assertThat(masked.getStackTrace()).isEqualTo(e.getStackTrace());
  }

  @Test
  void exceptionsWithoutPasswordsAreThemselves() {
    SQLException e = new SQLException("no table t", new IllegalStateException("really"));
    assertThat(new Secrets("password=swordfish").masked(e)).isSameAs(e);
  }
}
