package dev.weft.cli.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.weft.cli.language.LanguageException;
import dev.weft.core.Session;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is said about mistakes in expressions over tables, and where it points. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TableErrorTest {
  private Session session;
  private GivenTables given;

  @BeforeAll
  void open() {
    session = Session.open();
    given = GivenTables.of(session);
  }

  @AfterAll
  void close() {
    session.close();
  }

  @Test
  void caretsStandBelowThePlace() {
    assertThat(message("t.groupby(name).agg(mean(x) + 1)"))
        .isEqualTo(
            """
            mean(x) is made of groups of rows; give it a name in agg(...), and compute with that behind: .agg(a = mean(x)).assign(b = a * 2)
              t.groupby(name).agg(mean(x) + 1)
                                  ^^^^^^^\
            """);
    assertThat(
            message("busy = t.filter(x > 0)\nbusy.groupby(name).agg(mean(y))\nbusy.sort(mean_y)"))
        .isEqualTo(
            """
            only the last line may be an expression without a name; write: name = ...
              busy.groupby(name).agg(mean(y))
              ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^\
            """);
  }

  /** Each points at the part that stands between the arrows. */
  @ParameterizedTest
  @CsvSource(
      delimiterString = " -> ",
      quoteCharacter = '`',
      textBlock =
          """
          t.filter(«naem» == 'x') -> there is no column 'naem'; did you mean name?
          t.drop(«z») -> there is no column 'z'
          «t.corr(name)» -> corr of name, which is string: it is of numbers
          «t.quantile(0.5, 2)» -> quantile 2.0; give a number from 0 to 1
          «read_sql('select y', 'jdbc:duckdb:')» -> query 'select y': the database refuses it:
          «read_sql('select 1 as y', 'jdbc:duckdb:', column='y', lower=0)» -> read_sql: partitions need column, lower, upper and partitions; given: column, lower
          «s».head() -> unknown table 's' (known here: t, u, m)
          t.«x» -> columns are named inside the brackets of a table's method, such as t.select(x)
          t.«head» -> 'head' is a method; call it as t.head(...)
          t.«hed»() -> unknown method 'hed' of a table; did you mean head?
          t.groupby(name).«men»(x) -> unknown method 'men' of groups of rows; did you mean mean, min or median?
          «t.groupby(name)» -> these are groups of rows; say what is made of them, such as .agg(mean(x), n = count())
          «t.rolling(3)» -> these are windows over rows; say what is made of them, such as .agg(mean(x), n = count())
          t.rolling(«timestamp»).agg(mean(x)) -> rolling: expected a whole number, got the column timestamp
          «t.rolling(x, '1h')».agg(mean(x)) -> rolling 1h of x, which is float64: windows of time need timestamps.
          t.rolling(3).«men»(x) -> unknown method 'men' of windows over rows; did you mean mean, min or median?
          «t.asof_join(u, on=age)» -> there is no column 'age'
          «t.asof_join(u)» -> asof_join: give the one column by which both tables are sorted: on = 'time', or left_on = 'a', right_on = 'b'
          «t.asof_join(u, on=id, left_on=id)» -> asof_join: give on, or left_on and right_on, not all of them
          t.asof_join(u, on=id, direction=«'up'») -> asof_join: direction is 'up'; use backward, forward, nearest
          «t.asof_join(t, on=timestamp, tolerance=3)» -> as-of join on timestamp with a tolerance of 3: timestamp is timestamp.
          t.pivot(id, «nmae», mean(x)) -> there is no column 'nmae'; did you mean name?
          t.pivot(id, name, «x») -> expected what is made of groups, such as mean(x) or count(), got the column x
          «t.pivot(id, name)» -> pivot: the argument values is missing; it is called as pivot(index, columns, values)
          «t.melt(id)» -> melt of timestamp and name: the first is timestamp and the second string, which are of no one type.
          «1 + 2» -> this is no table, but 3; begin with a table, such as t.select(...)
          t.filter(«x») -> filter by x, which is float64; give a condition, such as x > 0
          «t.filter()» -> filter: the condition is missing, such as filter(x > 0)
          t.select(«x + name») -> add(x, name): text can be compared with text
          t.select(«sqrt(name)») -> sqrt(name)
          t.select(«hypot(x)») -> hypot is of 2, got 1: square root of a * a + b * b, without overflow on the way
          t.select(«sqr»(x)) -> unknown function 'sqr'; did you mean sqrt or square?
          t.select(«lower»(name)) -> 'lower' is a method of columns; call it as x.lower(...)
          t.select(«head»(name)) -> 'head' is a method of tables; call it as t.head(...)
          t.select(«sqrt» + 1) -> 'sqrt' is a function; call it as sqrt(...)
          t.select(«x»(1)) -> 'x' is a column and cannot be called; for a product write *
          t.select(name.«lowr»()) -> unknown method 'lowr' of a column; did you mean lower?
          t.select(name.«lower») -> 'lower' is a method; call it as x.lower(...)
          t.select(name.«foo») -> a column has no 'foo'; a moment has year, month, day, hour, minute and second
          t.select(«x.hour») -> x.hour(): x is float64, and the function is of timestamps
          t.select(«x.lower()») -> x.lower(): x is float64, and the function is of text
          t.select(name.contains(«name»)) -> contains: part must be text in quotes, got name
          t.select(«name.split('-')») -> split: the argument part is missing; it is called as split(separator, part)
          t.select(«name.matches('[')») -> matches: '[' is no regular expression: Unclosed character class at character 1
          t.select(x.isin(1, «y»)) -> isin: expected numbers or texts, such as isin(1, 2), got a column
          t.select(«x.cast('flot')») -> there is no type of columns 'flot'
          t.select(«timestamp.floor('1 fortnight')») -> '1 fortnight' is no period
          t.agg(«x») -> expected what is made of groups, such as mean(x) or count(), got the column x
          t.agg(«mean(name)») -> mean of name, which is string: it is of numbers.
          t.agg(«mean()») -> mean: the column is missing; write mean(x)
          t.agg(«mean(x, y)») -> mean is of one column here, such as mean(x).
          «t.agg()» -> agg: say what is made of the rows, such as agg(mean(x), n = count())
          «u.select(name).sum()» -> sum: the table has no columns of numbers; name a column, such as sum(x)
          t.head(«y»=3) -> head has no argument 'y'; it is called as head(n=10)
          t.head(1, «2») -> head: 2 arguments without a name are too many; it is called as head(n=10)
          t.head(n=1, «n»=2) -> head: the argument n is given twice
          t.head(«'a'») -> head: expected a whole number, got the text 'a'
          «t.head(-1)» -> head(-1); give 0 or more
          «t.sample(2)» -> sample of 2.0; give a number from 0 to 1
          «t.sort()» -> sort: the key is missing, such as sort(x), or sort(-x)
          t.sort(x, descending=«1») -> sort: expected True or False, got 1
          t.rename(x = «y») -> rename: the new name of x must be text in quotes: rename(x = 'other')
          t.rename(«z» = 'y') -> there is no column 'z'
          t.join(«3») -> join: expected a table such as u, with u=FILE behind the expression, got 3
          t.join(u, on='name', how=«'near'») -> join: how is 'near'; use inner, left, right, outer, semi, anti
          «t.join(m)» -> join: no column is in both tables. Give left_on = 'a', right_on = 'b': the left has timestamp, name, id, x, y, the right a, b, my column, e
          «t.join(u, on='name', left_on='name')» -> join: give on, or left_on and right_on, not all of them
          t.value_counts(«x + 1») -> expected the name of a column, got x + 1; make a column of it first, with assign(name = ...)
          «t.concat(u)» -> concat of tables with different columns
          «t[0, 1]» -> an index is of a table, and one: t['x'], t[['x', 'y']] or t[x > 0]
          t[«1:3»] -> rows have no numbers here; use head(n), tail(n) or filter
          t.filter(x > «1j») -> columns hold real numbers
          «timeseries(days=0)» -> timeseries: days is 0; give 1 to 10,000
          t.select(«1 / 0») -> division by zero
          t.filter(x > 0 «and» y > 0) -> 'and' asks for one truth value; for arrays write (a > 0) & (b > 0)
          """)
  void mistakesAreToldWhereTheyStand(String marked, String message) {
    String expression = marked.replace("«", "").replace("»", "");
    String told = message(expression);
    assertThat(told).startsWith(message);
    String[] lines = told.split("\n");
    String carets = lines[lines.length - 1];
    int begin = marked.indexOf('«');
    String pointed = marked.substring(begin + 1, marked.indexOf('»'));
    assertThat(carets).isEqualTo(" ".repeat(2 + begin) + "^".repeat(pointed.length()));
  }

  private String message(String expression) {
    Throwable thrown = catchThrowable(() -> given.evaluate(expression));
    assertThat(thrown).as(expression).isInstanceOf(LanguageException.class);
    return thrown.getMessage();
  }
}
