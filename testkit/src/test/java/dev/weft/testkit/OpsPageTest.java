package dev.weft.testkit;

import dev.weft.core.op.ElementwiseOps;
import org.junit.jupiter.api.Test;

final class OpsPageTest {
  @Test
  void thePageIsCurrent() {
    Golden.check("../docs/ops.md", OpsPage.text(ElementwiseOps.all()));
  }
}
