package dev.weft.timeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.core.shape.Chunks;
import dev.weft.core.shape.Shape;
import org.junit.jupiter.api.Test;

class StageGridTest {
  @Test
  void twoAxesAreRowsAndColumns() {
    StageGrid grid = grid(Chunks.regular(Shape.of(4, 6), 2, 2), chunk -> chunk == 4 ? 1 : 0);
    assertThat(grid.rows()).isEqualTo(2);
    assertThat(grid.columns()).isEqualTo(3);
    assertThat(grid.device(1, 1)).isEqualTo(1);
    assertThat(grid.device(0, 1)).isEqualTo(0);
    assertThat(grid.tasks(0)).isEqualTo(5);
    assertThat(grid.tasks(1)).isEqualTo(1);
  }

  @Test
  void leadingAxesAreFlattenedAndSingleOnesDropped() {
    StageGrid grid =
        grid(Chunks.regular(Shape.of(2, 3, 1, 4, 1), 1, 1, 1, 1, 1), chunk -> chunk < 4 ? 1 : 0);
    assertThat(grid.rows()).isEqualTo(6);
    assertThat(grid.columns()).isEqualTo(4);
    assertThat(grid.device(0, 3)).isEqualTo(1);
    assertThat(grid.device(1, 0)).isEqualTo(0);
  }

  @Test
  void aLongAxisIsWrittenInLines() {
    StageGrid grid = grid(Chunks.regular(Shape.of(100), 1), chunk -> chunk < 50 ? 0 : -1);
    assertThat(grid.rows()).isEqualTo(3);
    assertThat(grid.columns()).isEqualTo(48);
    assertThat(grid.device(1, 1)).isEqualTo(0);
    assertThat(grid.device(1, 2)).isEqualTo(StageGrid.NOWHERE);
    assertThat(grid.device(2, 3)).isEqualTo(StageGrid.NOWHERE);
    assertThat(grid.device(2, 4)).isEqualTo(StageGrid.OUTSIDE);
  }

  @Test
  void blocksShowTheDeviceWithMostChunks() {
    StageGrid.Builder builder =
        new StageGrid.Builder(Chunks.regular(Shape.of(30, 30), 1, 1), 2, 10, 10);
    for (int chunk = 0; chunk < 900; chunk++) {
      // Two of three columns.
      builder.ran(chunk, chunk % 3 == 0 ? 0 : 1);
    }
    StageGrid grid = builder.build();
    assertThat(grid.rows()).isEqualTo(10);
    for (int row = 0; row < 10; row++) {
      for (int column = 0; column < 10; column++) {
        assertThat(grid.device(row, column)).isEqualTo(1);
      }
    }
    assertThat(grid.tasks(0)).isEqualTo(300);
  }

  private interface Device {
    int of(long chunk);
  }

  private static StageGrid grid(Chunks chunks, Device device) {
    StageGrid.Builder builder = new StageGrid.Builder(chunks, 2, 40, 110);
    for (long chunk = 0; chunk < chunks.count(); chunk++) {
      if (device.of(chunk) >= 0) {
        builder.ran(chunk, device.of(chunk));
      }
    }
    return builder.build();
  }
}
