package dev.weft.bench.peers;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.api.ops.impl.transforms.custom.SoftMax;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.INDArrayIndex;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.ops.transforms.Transforms;

/** Peer: ND4J, eager, with in-place operations on its own temporaries. */
final class Nd4jSystem implements PeerSystem {

  private final Map<String, INDArray> arrays = new HashMap<>();

  /**
   * Temporaries of the running call, closed at its end. ND4J leaves them to the collector, which a
   * small heap seldom wakes: 20 million elements took 19 GB that way.
   */
  private final List<INDArray> temporaries = new ArrayList<>();

  Nd4jSystem(int threads) {
    Nd4j.getEnvironment().setMaxThreads(threads);
    Nd4j.getEnvironment().setMaxMasterThreads(threads);
  }

  @Override
  public Map<String, Object> info() {
    Map<String, Object> info = new LinkedHashMap<>();
    info.put("nd4j", jarVersion());
    info.put("backend", Nd4j.getBackend().getClass().getSimpleName());
    info.put("threads", Nd4j.getEnvironment().maxThreads());
    return info;
  }

  /** The version in the jar's name; ND4J's manifest has none. */
  private static String jarVersion() {
    String jar = Nd4j.class.getProtectionDomain().getCodeSource().getLocation().getPath();
    String name = jar.substring(jar.lastIndexOf('/') + 1);
    return name.replace("nd4j-api-", "").replace(".jar", "");
  }

  @Override
  public void load(String name, DenseArray array) {
    long[] shape = Arrays.stream(array.shape()).asLongStream().toArray();
    INDArray flat =
        array.data() instanceof double[] d
            ? Nd4j.createFromArray(d)
            : Nd4j.createFromArray((float[]) array.data());
    arrays.put(name, flat.reshape(shape));
  }

  @Override
  public void unload() {
    arrays.values().forEach(INDArray::close);
    arrays.clear();
  }

  @Override
  public void close() {
    unload();
  }

  @Override
  public DenseArray draw(String workload, String dtype, int count) {
    return read(random(workload, dtype, count));
  }

  @Override
  public Map<String, Supplier<Result>> prepare(String workload, String dtype, int n) {
    Map<String, Supplier<Result>> variants = new LinkedHashMap<>();
    Supplier<List<INDArray>> run =
        workload.startsWith("random_")
            ? () -> List.of(random(workload, dtype, n).mean())
            : select(workload);
    variants.put(
        "eager",
        () -> {
          List<INDArray> results = run.get();
          temporaries.forEach(INDArray::close);
          temporaries.clear();
          return result(results, false);
        });
    if (workload.equals("add")) {
      INDArray out = Nd4j.createUninitialized(type(dtype), n);
      variants.put("into", () -> result(List.of(array("x").add(array("y"), out)), true));
    }
    return variants;
  }

  private static DataType type(String dtype) {
    return dtype.equals("float64") ? DataType.DOUBLE : DataType.FLOAT;
  }

  private static INDArray random(String workload, String dtype, int count) {
    return workload.contains("uniform")
        ? Nd4j.rand(type(dtype), count)
        : Nd4j.randn(type(dtype), count);
  }

  private static Result result(List<INDArray> results, boolean reused) {
    return new Result() {
      @Override
      public List<DenseArray> read() {
        return results.stream().map(Nd4jSystem::read).toList();
      }

      @Override
      public void release() {
        if (!reused) {
          results.forEach(INDArray::close);
        }
      }
    };
  }

  private static DenseArray read(INDArray array) {
    INDArray rows = array.dup('c');
    int[] shape = Arrays.stream(array.shape()).mapToInt(Math::toIntExact).toArray();
    return rows.dataType() == DataType.DOUBLE
        ? new DenseArray(shape, rows.data().asDouble())
        : new DenseArray(shape, rows.data().asFloat());
  }

  private INDArray array(String name) {
    INDArray array = arrays.get(name);
    if (array == null) {
      throw new IllegalStateException("array " + name + " was not loaded");
    }
    return array;
  }

  private Supplier<List<INDArray>> select(String workload) {
    if (workload.startsWith("matmul_")) {
      String size = workload.substring("matmul_".length());
      return () -> List.of(array("a" + size).mmul(array("b" + size)));
    }
    if (workload.startsWith("solve_")) {
      throw new UnsupportedWorkload("solve is not measured on ND4J");
    }
    return switch (workload) {
      case "sum_sqrt" -> this::sumSqrt;
      case "exp_sin" -> this::expSin;
      case "black_scholes" -> this::blackScholes;
      case "add" -> () -> List.of(array("x").add(array("y")));
      case "sum" -> () -> List.of(array("x").sum());
      case "mean_std" -> () -> List.of(array("x").mean(), array("x").std(false));
      case "min" -> () -> List.of(array("x").min());
      case "sum_axis0", "sum_axis1" -> () -> List.of(array("m").sum(axis(workload)));
      case "mean_std_axis0", "mean_std_axis1" ->
          () -> List.of(array("m").mean(axis(workload)), array("m").std(false, axis(workload)));
      case "min_axis0", "min_axis1" -> () -> List.of(array("m").min(axis(workload)));
      case "transpose_mean" -> this::transposeMean;
      case "poly8" -> this::poly8;
      case "where_mix" -> this::whereMix;
      case "stencil5" -> this::stencil;
      case "softmax" -> this::softmax;
      default -> throw new UnsupportedWorkload("unknown workload " + workload);
    };
  }

  private static int axis(String workload) {
    return workload.charAt(workload.length() - 1) - '0';
  }

  private INDArray temporary(INDArray array) {
    temporaries.add(array);
    return array;
  }

  private List<INDArray> sumSqrt() {
    INDArray squares = temporary(array("x").mul(array("x")));
    squares.addi(temporary(array("y").mul(array("y"))));
    return List.of(Transforms.sqrt(squares, false).sum());
  }

  private List<INDArray> expSin() {
    INDArray bell = Transforms.exp(array("x").mul(array("x")).negi(), false);
    return List.of(bell.muli(temporary(Transforms.sin(array("y")))).addi(1.0));
  }

  private List<INDArray> poly8() {
    INDArray x = array("x");
    INDArray p = x.mul(Formulas.POLY[0]).addi(Formulas.POLY[1]);
    for (int i = 2; i < Formulas.POLY.length; i++) {
      p.muli(x).addi(Formulas.POLY[i]);
    }
    return List.of(p);
  }

  private List<INDArray> transposeMean() {
    INDArray q = array("q");
    return List.of(temporary(q.add(q.transpose())).mean(0));
  }

  private List<INDArray> whereMix() {
    INDArray x = array("x");
    INDArray y = array("y");
    INDArray chosen = Transforms.and(temporary(x.gt(0.0)), temporary(y.lt(1.0)));
    return List.of(select(temporary(chosen), temporary(x.mul(2.0)), temporary(y.sub(1.0))));
  }

  /** {@code Nd4j.where} takes the branches the other way round; the operation "select" does not. */
  private static INDArray select(INDArray condition, INDArray then, INDArray otherwise) {
    INDArray out = then.ulike();
    Nd4j.exec(
        DynamicCustomOp.builder("select")
            .addInputs(condition, then, otherwise)
            .addOutputs(out)
            .build());
    return out;
  }

  private List<INDArray> stencil() {
    INDArray q = array("q");
    long side = q.rows();
    INDArrayIndex middle = NDArrayIndex.interval(1, side - 1);
    INDArrayIndex before = NDArrayIndex.interval(0, side - 2);
    INDArrayIndex after = NDArrayIndex.interval(2, side);
    return List.of(
        q.get(before, middle)
            .add(q.get(after, middle))
            .addi(q.get(middle, before))
            .addi(q.get(middle, after))
            .addi(q.get(middle, middle))
            .muli(0.2));
  }

  private List<INDArray> softmax() {
    INDArray out = array("m").ulike();
    Nd4j.exec(new SoftMax(array("m"), out, 1));
    return List.of(out);
  }

  private List<INDArray> blackScholes() {
    INDArray s = array("s");
    INDArray t = array("t");
    INDArray spread = temporary(Transforms.sqrt(t)).muli(Formulas.VOLATILITY);
    INDArray d1 = Transforms.log(temporary(s.div(array("k"))), false);
    d1.addi(temporary(t.mul(Formulas.DRIFT))).divi(spread);
    INDArray n1 = normalCdf(d1);
    INDArray n2 = normalCdf(temporary(d1.sub(spread)));
    INDArray discounted = Transforms.exp(temporary(t.mul(-Formulas.RATE)), false);
    discounted.muli(array("k"));
    INDArray call = s.mul(n1).subi(temporary(discounted.mul(n2)));
    INDArray put = discounted.mul(n2.rsubi(1.0));
    return List.of(call, put.subi(temporary(s.mul(n1.rsubi(1.0)))));
  }

  private INDArray normalCdf(INDArray d) {
    INDArray k = temporary(Transforms.abs(d)).muli(Formulas.CDF_P).addi(1.0).rdivi(1.0);
    INDArray series = temporary(k.mul(Formulas.CDF_B[4]));
    for (int i = 3; i >= 0; i--) {
      series.addi(Formulas.CDF_B[i]).muli(k);
    }
    INDArray bell = Transforms.exp(temporary(d.mul(d)).muli(-0.5), false);
    INDArray tail = bell.muli(Formulas.INV_SQRT_2PI).muli(series);
    INDArray chosen = temporary(d.lt(0.0));
    return temporary(select(chosen, tail, temporary(tail.rsub(1.0))));
  }
}
