package dev.weft.testkit.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.core.Session;
import dev.weft.core.SessionConfig;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Opens a session for each test and checks that it can be closed with nothing left in use. */
abstract class SessionSuite {
  Session session;

  /** Settings that choose the device. */
  protected abstract SessionConfig config();

  /** Opens a session; on the device that the settings choose, if a suite says nothing else. */
  protected Session open(SessionConfig config) {
    return Session.open(config);
  }

  @BeforeEach
  void open() {
    session = open(config());
  }

  @AfterEach
  void close() {
    assertNothingInUse();
    session.close();
  }

  void assertNothingInUse() {
    assertThat(session.memory().live()).as("bytes in use").isZero();
  }
}
