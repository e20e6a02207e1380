package dev.weft.core.linalg;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.core.Session;
import dev.weft.core.error.UsageException;
import org.junit.jupiter.api.Test;

/** On the class path of these tests there is no LAPACK. */
class LapackProviderTest {
  @Test
  void withoutALibraryFunctionsSayWhatToDo() {
    try (Session session = Session.open()) {
      assertThatThrownBy(() -> session.eye(3).inv())
          .isInstanceOf(UsageException.class)
          .hasMessage(
              "inv needs LAPACK: no LAPACK library is on the class path. Add weft-cpu-fallback to it.");
      assertThatThrownBy(() -> session.eye(3).matrixNorm(2))
          .isInstanceOf(UsageException.class)
          .hasMessageStartingWith("svdvals needs LAPACK: ");
    }
  }

  @Test
  void theReasonOfAProviderIsGivenOn() {
    assertThatThrownBy(
            () ->
                LapackProvider.of(
                    new LapackProvider.Lookup.Missing("it is broken", "Mend it."), "qr"))
        .isInstanceOf(UsageException.class)
        .hasMessage("qr needs LAPACK: it is broken. Mend it.");
  }
}
