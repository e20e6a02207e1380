package dev.weft.cpu.nd4j;

import dev.weft.core.HostArray;
import dev.weft.core.NDArray;
import dev.weft.core.Session;
import dev.weft.core.dtype.DType;
import dev.weft.core.error.UsageException;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.indexer.Indexer;
import org.nd4j.linalg.api.buffer.DataBuffer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Weft's arrays as ND4J's and the other way round, over the same memory. */
public final class Nd4jArrays {
  private Nd4jArrays() {}

  /**
   * The elements of an ND4J array, in place and in its own order. Changes made through ND4J before
   * a computation are seen by it; none may be made during one.
   *
   * @throws UsageException when ND4J's type has no counterpart in Weft
   */
  public static NDArray fromNd4j(Session session, INDArray array) {
    return session.array(new Nd4jSource(array, dtype(array.dataType())));
  }

  /**
   * A computed array as ND4J sees it: a view of its memory, valid until {@code array} is closed.
   *
   * @throws UsageException when the array is empty or its type has no counterpart in ND4J
   */
  public static INDArray toNd4j(HostArray array) {
    if (array.size() == 0) {
      throw new UsageException(
          "toNd4j: shape %s has no elements, and ND4J has no views of nothing"
              .formatted(array.shape()));
    }
    DataType type = dataType(array.dtype());
    Pointer pointer = Pointers.of(array);
    Indexer indexer = Pointers.indexer(pointer, array.dtype() == DType.UINT8);
    DataBuffer buffer = Nd4j.createBuffer(pointer, type, array.size(), indexer);
    return Nd4j.create(buffer, array.shape().extents(), array.shape().strides(), 0, 'c', type);
  }

  private static DType dtype(DataType type) {
    return switch (type) {
      case BOOL -> DType.BOOL;
      case BYTE -> DType.INT8;
      case UBYTE -> DType.UINT8;
      case SHORT -> DType.INT16;
      case INT -> DType.INT32;
      case LONG -> DType.INT64;
      case FLOAT -> DType.FLOAT32;
      case DOUBLE -> DType.FLOAT64;
      default ->
          throw new UsageException(
              "fromNd4j: ND4J's type %s has no counterpart; castTo(DataType.DOUBLE) first"
                  .formatted(type));
    };
  }

  private static DataType dataType(DType dtype) {
    return switch (dtype) {
      case BOOL -> DataType.BOOL;
      case INT8 -> DataType.INT8;
      case UINT8 -> DataType.UINT8;
      case INT16 -> DataType.INT16;
      case INT32 -> DataType.INT32;
      case INT64 -> DataType.INT64;
      case FLOAT32 -> DataType.FLOAT;
      case FLOAT64 -> DataType.DOUBLE;
      case UINT16, UINT32, UINT64, FLOAT16, COMPLEX64, COMPLEX128 ->
          throw new UsageException(
              "toNd4j: %s has no view in ND4J; cast to float64 or int64 first".formatted(dtype));
    };
  }
}
