package dev.weft.core.optimize;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.core.NDArray;
import dev.weft.core.Session;
import dev.weft.core.SessionConfig;
import dev.weft.core.dtype.DType;
import dev.weft.core.expr.Expr;
import java.util.List;
import org.junit.jupiter.api.AfterEach;

/** What the tests of all passes share: sources x (4, 6) and y (6,), and before-and-after texts. */
abstract class PassTest {
  final Session session =
      Session.open(SessionConfig.defaults().withDevice("reference").withMemoryLimit(1L << 26));
  final NDArray x = source("x", DType.FLOAT64, 4, 6);
  final NDArray y = source("y", DType.FLOAT64, 6);
  final NDArray i = source("i", DType.INT32, 4, 6);

  abstract Pass pass();

  @AfterEach
  void close() {
    session.close();
  }

  NDArray source(String name, DType dtype, long... extents) {
    return session.array(Notation.source(name, dtype, extents));
  }

  void assertRewrite(NDArray array, String before, String after) {
    assertThat(Notation.of(array.expr())).isEqualTo(before);
    List<Expr> rewritten = pass().apply(List.of(array.expr()));
    assertThat(Notation.of(rewritten.getFirst())).isEqualTo(after);
    assertThat(rewritten.getFirst().shape()).isEqualTo(array.shape());
    assertThat(rewritten.getFirst().dtype()).isEqualTo(array.dtype());
    assertThat(pass().apply(rewritten)).as("again").isEqualTo(rewritten);
  }

  void doesNotFire(NDArray... arrays) {
    List<Expr> roots = List.of(arrays).stream().map(NDArray::expr).toList();
    List<Expr> rewritten = pass().apply(roots);
    for (int k = 0; k < roots.size(); k++) {
      assertThat(rewritten.get(k)).as(Notation.of(roots.get(k))).isSameAs(roots.get(k));
    }
  }
}
