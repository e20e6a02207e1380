package dev.weft.cpu.nd4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.core.HostArray;
import dev.weft.core.Session;
import dev.weft.core.dtype.DType;
import dev.weft.core.error.UsageException;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

class Nd4jArraysTest {
  @Test
  void nd4jArraysAreReadInPlace() {
    try (Session session = Session.open()) {
      INDArray array = Nd4j.arange(12).castTo(DataType.DOUBLE).reshape(3, 4);
      var view = Nd4jArrays.fromNd4j(session, array);
      assertThat(view.add(1).sum().toDouble()).isEqualTo(78);
      array.putScalar(0, 1000);
      assertThat(view.sum().toDouble()).isEqualTo(1066);
    }
  }

  @Test
  void viewsAndFortranOrderKeepTheirStrides() {
    try (Session session = Session.open()) {
      INDArray array = Nd4j.arange(12).castTo(DataType.FLOAT).reshape(3, 4);
      INDArray part = array.get(NDArrayIndex.interval(1, 3), NDArrayIndex.interval(1, 2, 4));
      try (HostArray values = Nd4jArrays.fromNd4j(session, part).compute()) {
        assertThat(values.dtype()).isEqualTo(DType.FLOAT32);
        assertThat(values.toDoubleArray()).containsExactly(5, 7, 9, 11);
      }
      INDArray fortran = array.dup('f');
      try (HostArray values = Nd4jArrays.fromNd4j(session, fortran).slice("1").compute()) {
        assertThat(values.toDoubleArray()).containsExactly(4, 5, 6, 7);
      }
    }
  }

  @Test
  void nd4jSeesResultsInPlace() {
    try (Session session = Session.open();
        HostArray values = session.arange(6).reshape(2, 3).cast(DType.FLOAT64).compute()) {
      INDArray view = Nd4jArrays.toNd4j(values);
      assertThat(view.shape()).containsExactly(2, 3);
      assertThat(view.sumNumber().doubleValue()).isEqualTo(15);
      view.muli(2);
      assertThat(values.getDouble(1, 2)).isEqualTo(10);
    }
  }

  @Test
  void everySharedTypeGoesThereAndBack() {
    try (Session session = Session.open()) {
      for (DType dtype :
          new DType[] {
            DType.BOOL,
            DType.INT8,
            DType.UINT8,
            DType.INT16,
            DType.INT32,
            DType.INT64,
            DType.FLOAT32,
            DType.FLOAT64
          }) {
        try (HostArray values = session.arange(5).remainder(2).cast(dtype).compute();
            HostArray back = Nd4jArrays.fromNd4j(session, Nd4jArrays.toNd4j(values)).compute()) {
          assertThat(back.dtype()).isEqualTo(dtype);
          assertThat(back.toDoubleArray()).containsExactly(0, 1, 0, 1, 0);
        }
      }
    }
  }

  @Test
  void typesWithoutCounterpartAreRefused() {
    try (Session session = Session.open();
        HostArray values = session.arange(5).cast(DType.UINT32).compute();
        HostArray none = session.zeros(0).compute()) {
      assertThatThrownBy(() -> Nd4jArrays.toNd4j(values))
          .isInstanceOf(UsageException.class)
          .hasMessage("toNd4j: uint32 has no view in ND4J; cast to float64 or int64 first");
      assertThatThrownBy(() -> Nd4jArrays.toNd4j(none))
          .isInstanceOf(UsageException.class)
          .hasMessage("toNd4j: shape (0,) has no elements, and ND4J has no views of nothing");
      INDArray half = Nd4j.create(DataType.FLOAT16, 3);
      assertThatThrownBy(() -> Nd4jArrays.fromNd4j(session, half))
          .isInstanceOf(UsageException.class)
          .hasMessage(
              "fromNd4j: ND4J's type HALF has no counterpart; castTo(DataType.DOUBLE) first");
    }
  }
}
