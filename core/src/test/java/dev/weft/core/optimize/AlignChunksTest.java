package dev.weft.core.optimize;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.core.NDArray;
import dev.weft.core.dtype.DType;
import dev.weft.core.shape.ChunkSize;
import java.util.List;
import org.junit.jupiter.api.Test;

class AlignChunksTest extends PassTest {
  @Override
  Pass pass() {
    return new AlignChunks(new ChunkSize(1 << 16));
  }

  private String chunks(NDArray array) {
    return pass().apply(List.of(array.expr())).getFirst().chunks().toString();
  }

  @Test
  void anOuterProductIsCut() {
    NDArray a = source("a", DType.FLOAT64, 8000, 1);
    NDArray b = source("b", DType.FLOAT64, 1, 8000);
    NDArray product = a.multiply(b);
    assertThat(product.chunks()).hasToString("[8000 x 8000]");
    assertThat(chunks(product)).isEqualTo("[8000*1 x 8000]");
  }

  @Test
  void gridsFollowTheirOperands() {
    NDArray fine = x.rechunk(2);
    assertThat(chunks(fine.add(y).sum(0))).isEqualTo("[3*2]");
    assertThat(chunks(fine.t())).isEqualTo("[3*2 x 2*2]");
  }

  @Test
  void whatFitsStays() {
    doesNotFire(x.add(y).exp().slice("1:"));
    doesNotFire(x.sum(0));
  }
}
