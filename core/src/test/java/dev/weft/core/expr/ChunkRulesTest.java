package dev.weft.core.expr;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.core.shape.AxisChunks;
import dev.weft.core.shape.Chunks;
import dev.weft.core.shape.Shape;
import dev.weft.core.shape.View;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Grids against the definition: which neighbouring indices lie in one chunk. */
class ChunkRulesTest {
  private static final int ROUNDS = 2000;

  private final SplittableRandom random = new SplittableRandom(17);

  @Test
  void aViewIsCutWhereItsBaseIs() {
    for (int round = 0; round < ROUNDS; round++) {
      AxisChunks base = axis(1 + random.nextInt(20));
      long step = (1L + random.nextInt(4)) * (random.nextBoolean() ? 1 : -1);
      long start = random.nextLong(base.extent());
      long room = step > 0 ? (base.extent() - start + step - 1) / step : start / -step + 1;
      long extent = random.nextLong(room + 1);
      View view =
          View.slice(
              Shape.of(base.extent()), new long[] {start}, new long[] {step}, new long[] {extent});
      AxisChunks cut = ChunkRules.view(new Chunks(List.of(base)), view).axis(0);
      assertThat(cut.extent()).isEqualTo(extent);
      for (long i = 1; i < extent; i++) {
        boolean together = base.find(start + i * step) == base.find(start + (i - 1) * step);
        assertThat(cut.find(i) == cut.find(i - 1)).isEqualTo(together);
      }
    }
  }

  @Test
  void stretchedAxesAreNotCutAndMovedOnesKeepTheirCuts() {
    Chunks base = Chunks.regular(Shape.of(6, 8), 2, 3);
    View wide = View.broadcast(Shape.of(6, 8), Shape.of(100, 6, 8));
    assertThat(ChunkRules.view(base, wide)).hasToString("[100 x 3*2 x 3*3]");
    View turned = View.transpose(Shape.of(6, 8), new int[] {1, 0});
    assertThat(ChunkRules.view(base, turned)).hasToString("[3*3 x 3*2]");
  }

  @Test
  void operandsAreAlignedAtTheCutsOfTheFinest() {
    for (int round = 0; round < ROUNDS; round++) {
      long extent = 1L + random.nextInt(20);
      AxisChunks a = axis(extent);
      AxisChunks b = axis(extent);
      AxisChunks common = align(a, b);
      assertThat(common.longest()).isEqualTo(Math.min(a.longest(), b.longest()));
      assertThat(cuts(common)).isIn(cuts(a), cuts(b));
      assertThat(align(a, common)).isEqualTo(common);
    }
  }

  private static AxisChunks align(AxisChunks a, AxisChunks b) {
    List<Chunks> grids = List.of(new Chunks(List.of(a)), new Chunks(List.of(b)));
    return ChunkRules.align(Shape.of(a.extent()), grids).axis(0);
  }

  @Test
  void cutsThatDifferAreNotMixed() {
    AxisChunks regular = AxisChunks.regular(1000, 100);
    AxisChunks moved =
        AxisChunks.at(new long[] {0, 99, 199, 299, 399, 499, 599, 699, 799, 899, 1000});
    AxisChunks slivers =
        AxisChunks.at(new long[] {0, 1, 100, 200, 300, 400, 500, 600, 700, 800, 900, 1000});
    assertThat(align(moved, AxisChunks.regular(1000, 1000))).isEqualTo(moved);
    assertThat(align(slivers, regular)).isEqualTo(regular);
    assertThat(align(regular, slivers)).isEqualTo(regular);
    assertThat(align(AxisChunks.regular(1000, 10), moved)).isEqualTo(AxisChunks.regular(1000, 10));
  }

  @Test
  void gridsThatDoNotFitAreNotRefinedWithoutEnd() {
    Shape shape = Shape.of(1 << 12, 1 << 12);
    Chunks rows = Chunks.regular(shape, 1, 1 << 12);
    Chunks columns = Chunks.regular(shape, 1 << 12, 1);
    assertThat(ChunkRules.align(shape, List.of(rows, columns)).count()).isEqualTo(1 << 12);
  }

  @Test
  void aConcatenationIsCutWhereItsPartsAreAndBetweenThem() {
    for (int round = 0; round < ROUNDS; round++) {
      List<Chunks> parts = new ArrayList<>();
      TreeSet<Long> expected = new TreeSet<>();
      long offset = 0;
      for (int count = 1 + random.nextInt(4); count > 0; count--) {
        AxisChunks part = AxisChunks.regular(random.nextInt(8), 1 + random.nextInt(6));
        parts.add(new Chunks(List.of(part)));
        for (long cut : cuts(part)) {
          expected.add(offset + cut);
        }
        offset += part.extent();
        expected.add(offset);
      }
      expected.remove(offset);
      expected.remove(0L);
      AxisChunks joined = ChunkRules.concatenate(parts, 0).axis(0);
      assertThat(joined.extent()).isEqualTo(offset);
      assertThat(cuts(joined)).isEqualTo(expected);
    }
  }

  @Test
  void smallNeighboursWithinAPartAreJoined() {
    Chunks leftOver = new Chunks(List.of(AxisChunks.at(new long[] {0, 1, 2, 50, 150, 151, 200})));
    Chunks other = Chunks.regular(Shape.of(20), 10);
    // 1+1+48, 100, 1+49 within the part, whose longest is 100; nothing is joined over its end.
    AxisChunks joined = ChunkRules.concatenate(List.of(leftOver, other), 0).axis(0);
    assertThat(cuts(joined)).containsExactly(50L, 150L, 200L, 210L);
  }

  @Test
  void reducedAxesDisappear() {
    Chunks grid = Chunks.regular(Shape.of(4, 5, 6), 2, 5, 3);
    assertThat(ChunkRules.reduce(grid, List.of(0, 2))).hasToString("[5]");
    assertThat(ChunkRules.reduce(grid, List.of())).isEqualTo(grid);
  }

  /** Inner offsets. */
  private static TreeSet<Long> cuts(AxisChunks axis) {
    TreeSet<Long> cuts = new TreeSet<>();
    for (int i = 1; i < axis.count(); i++) {
      cuts.add(axis.offset(i));
    }
    cuts.remove(0L);
    cuts.remove(axis.extent());
    return cuts;
  }

  private AxisChunks axis(long extent) {
    if (extent == 0 || random.nextBoolean()) {
      return AxisChunks.regular(extent, 1 + random.nextInt(6));
    }
    TreeSet<Long> offsets = new TreeSet<>(List.of(0L, extent));
    for (int i = random.nextInt(5); i > 0; i--) {
      offsets.add(random.nextLong(extent));
    }
    return AxisChunks.at(offsets.stream().mapToLong(Long::longValue).toArray());
  }
}
