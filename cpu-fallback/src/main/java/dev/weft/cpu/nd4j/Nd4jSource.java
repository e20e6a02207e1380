package dev.weft.cpu.nd4j;

import dev.weft.core.dtype.DType;
import dev.weft.core.expr.ArraySource;
import dev.weft.core.expr.RegionCopy;
import dev.weft.core.shape.Region;
import dev.weft.core.shape.Shape;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;

/** An ND4J array as a source; holds on to it so that its memory stays. */
final class Nd4jSource implements ArraySource {
  private final INDArray array;
  private final DType dtype;
  private final Shape shape;
  private final Layout layout;

  Nd4jSource(INDArray array, DType dtype) {
    this.array = array;
    this.dtype = dtype;
    this.shape = Shape.of(array.shape());
    long[] strides = array.stride();
    long last = 0;
    for (int axis = 0; axis < strides.length; axis++) {
      last += Math.max(0, shape.extent(axis) - 1) * strides[axis];
    }
    int itemSize = dtype.itemSize();
    // The address of the first element, a view's offset included.
    long address = array.data().addressPointer().address();
    this.layout =
        new Layout(
            MemorySegment.ofAddress(address).reinterpret((last + 1) * itemSize),
            0,
            Arrays.stream(strides).map(stride -> stride * itemSize).toArray());
  }

  @Override
  public Shape shape() {
    return shape;
  }

  @Override
  public DType dtype() {
    return dtype;
  }

  @Override
  public String description() {
    return "ND4J array " + Arrays.toString(array.shape());
  }

  @Override
  public Layout memory() {
    return layout;
  }

  @Override
  public void read(Region region, MemorySegment target) {
    RegionCopy.gather(layout, dtype.itemSize(), region, target);
  }
}
