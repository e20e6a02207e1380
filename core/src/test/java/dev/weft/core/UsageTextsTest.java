package dev.weft.core;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.core.dtype.DType;
import dev.weft.core.error.UsageException;
import dev.weft.core.op.ElementwiseOps;
import dev.weft.core.shape.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every refusal of the public API, word by word: what, the values, what is allowed or to do. */
class UsageTextsTest {
  private static final List<Refusal> REFUSALS = new ArrayList<>();

  /** A wrong use and the text that answers it. */
  private record Refusal(Consumer<Session> use, String text) {
    @Override
    public String toString() {
      return text;
    }
  }

  private static void refuse(String text, Consumer<Session> use) {
    REFUSALS.add(new Refusal(use, text));
  }

  static {
    creation();
    chunks();
    indices();
    shapes();
    reductions();
    products();
    selection();
    types();
    settings();
  }

  static Stream<Refusal> refusals() {
    return REFUSALS.stream();
  }

  @ParameterizedTest
  @MethodSource("refusals")
  void isToldInFull(Refusal refusal) {
    try (Session session =
        Session.open(SessionConfig.defaults().withDevice("reference").withMemoryLimit(1 << 20))) {
      assertThatThrownBy(() -> refusal.use().accept(session))
          .isInstanceOf(UsageException.class)
          .hasMessage(refusal.text());
    }
  }

  private static void creation() {
    refuse(
        "arange: from 1 to 5 in steps of 0 goes nowhere; use a positive or negative step",
        s -> s.arange(1, 5, 0));
    refuse(
        "arange: from 0.0 to 1.0 in steps of 0.0 has no countable number of elements; use finite ends and a step that is not 0",
        s -> s.arange(0, 1, 0.0));
    refuse("linspace: the count is -1; use 0 or more", s -> s.linspace(0, 1, -1));
    refuse(
        "stack: shapes (2,) and (3,) differ; broadcast or reshape them to one shape first",
        s -> s.stack(0, s.ones(2), s.ones(3)));
    refuse("stack: no arrays given; at least one is needed", s -> s.stack(0));
    refuse("concatenate: no arrays given; at least one is needed", s -> s.concatenate(0));
    refuse(
        "concatenate: shapes (2, 3) and (2, 4) differ outside axis 0; only that axis may differ",
        s -> s.concatenate(0, s.ones(2, 3), s.ones(2, 4)));
    refuse(
        "concatenate: axis 2 is out of range for shape (2, 3), which has 2 axes",
        s -> s.concatenate(2, s.ones(2, 3), s.ones(2, 3)));
    refuse("shape (2, -3): extents must not be negative", s -> s.ones(2, -3));
    refuse(
        "indices: axis 1 is out of range for shape (3,), which has 1 axis", s -> s.indices(1, 3));
    refuse(
        "integers: low is 3 and high is 3; high must be larger, by less than 2^63",
        s -> s.random(1).integers(3, 3, 10));
    refuse(
        "uniform: random numbers are float32 or float64, not int32; cast them",
        s -> s.random(1).uniform(DType.INT32, 3));
  }

  private static void chunks() {
    refuse(
        "chunks 'many': use auto, a length such as 1000, one per axis such as 100,500, or explicit lists such as 100+50,500",
        s -> ChunkSpec.parse("many"));
    refuse(
        "chunks [2, 2]: give one length for all axes or one for each of the 3 axes of shape (4, 4, 4)",
        s -> s.ones(4, 4, 4).rechunk(2, 2));
    refuse(
        "chunks [0]: a length must be at least 1, or -1 for the whole axis",
        s -> s.ones(4).rechunk(0));
    refuse(
        "chunks [[2, 2]]: give one list for each of the 2 axes of shape (4, 4)",
        s -> s.ones(4, 4).rechunk(ChunkSpec.explicit(List.of(List.of(2L, 2L)))));
    refuse(
        "chunks [[2, 3]]: the lengths along axis 0 add up to 5, but shape (4,) has 4 there",
        s -> s.ones(4).rechunk(ChunkSpec.explicit(List.of(List.of(2L, 3L)))));
  }

  private static void indices() {
    refuse(
        "index '1:2:3:4': '1:2:3:4' has more than two colons; write start:stop:step",
        s -> s.ones(4).slice("1:2:3:4"));
    refuse(
        "index 'x': 'x' is no position, range (start:stop:step), newaxis or ...; use one of these",
        s -> s.ones(4).slice("x"));
    refuse(
        "index: 2 times ...; only one is allowed, since it stands for all axes that are left",
        s -> s.ones(4).slice("..., ..."));
    refuse(
        "index: 2 items for shape (4,), which has 1; give at most one for each axis",
        s -> s.ones(4).slice("1, 2"));
    refuse(
        "index 4 is out of bounds for axis 0 of shape (4,), which allows -4 to 3",
        s -> s.ones(4).slice("4"));
    refuse("index: a step of 0 goes nowhere; use a step of 1 or -1", s -> s.ones(4).slice("::0"));
  }

  private static void shapes() {
    refuse(
        "reshape: only one extent may be -1, got [-1, -1]; give the others",
        s -> s.ones(4).reshape(-1, -1));
    refuse(
        "reshape: (4,) has 4 elements, which do not divide into [3, -1]; the extents given must divide that number",
        s -> s.ones(4).reshape(3, -1));
    refuse(
        "reshape: (4,) has 4 elements and cannot become (5,), which has 5; the numbers of elements must agree",
        s -> s.ones(4).reshape(5));
    refuse(
        "transpose: axes [0, 0] are no permutation of the 2 axes of shape (2, 3); name each axis once",
        s -> s.ones(2, 3).transpose(0, 0));
    refuse(
        "squeeze: axis 0 of shape (2, 1) has extent 2, and only extent 1 can be dropped",
        s -> s.ones(2, 1).squeeze(0));
    refuse(
        "broadcast_to: shape (2,) does not stretch to (3,): axes align at the end, and only extent 1 stretches",
        s -> s.ones(2).broadcastTo(3));
    refuse(
        "keepdims: shape (3,) does not become (2, 3, 1) by inserting axes of extent 1; give the shape before the reduction and the axes reduced",
        s -> s.ones(2, 3).sum(0).keepdims(Shape.of(2, 3, 4), 2));
    refuse("tile: repetitions [-1]; use 0 or more for each axis", s -> s.ones(2).tile(-1));
    refuse("repeat: the count is -2; use 0 or more", s -> s.ones(2).repeat(-2, 0));
    refuse(
        "add: shapes (2,) and (3,) do not broadcast: axis 0 is 2 and 3",
        s -> s.ones(2).add(s.ones(3)));
  }

  private static void reductions() {
    refuse("sum: axis 1 is out of range for shape (2,), which has 1 axis", s -> s.ones(2).sum(1));
    refuse(
        "sum: axes [0, -1] name an axis of shape (2,) twice; name each once",
        s -> s.ones(2).sum(0, -1));
    refuse(
        "argmin takes one axis, or none for the position in C order over all; got [0, 1]",
        s -> s.ones(2, 3, 4).argmin(0, 1));
    refuse(
        "max: shape (0, 3) has no elements along axes [0], and max of nothing is undefined; reduce other axes, or add elements first",
        s -> s.ones(0, 3).max(0));
    refuse(
        "reduction 'median' is unknown; use one of " + String.join(", ", Reductions.names()),
        s -> Reductions.reduce("median", s.ones(3)));
  }

  private static void products() {
    refuse(
        "matmul: shapes () and (3,): scalars are not allowed; use multiply instead",
        s -> s.scalar(1.0).matmul(s.ones(3)));
    refuse(
        "matmul: shapes (2, 3) and (4, 5) do not fit: the last axis of the first is 3, the last but one of the second is 4; they must be equal, transpose one of them if needed",
        s -> s.ones(2, 3).matmul(s.ones(4, 5)));
    refuse(
        "tensordot: 2 axes of the first array and 1 of the second; give as many of each, they pair up",
        s -> s.ones(2, 3).tensordot(s.ones(2, 3), new int[] {0, 1}, new int[] {0}));
    refuse(
        "tensordot: axis 0 of shape (2, 3) is 2, axis 1 of shape (2, 3) is 3; paired axes must be equally long",
        s -> s.ones(2, 3).tensordot(s.ones(2, 3), new int[] {0}, new int[] {1}));
  }

  private static void selection() {
    refuse(
        "take: the indices are float64 of shape (2,); use integers",
        s -> s.ones(4).take(s.ones(2), 0));
    refuse(
        "take: index 4 at position 1 is out of bounds for axis 0 of shape (4,), which allows -4 to 3",
        s -> s.ones(4).take(new long[] {0, 4}, 0));
    refuse(
        "select: the mask is float64; compare or cast it to bool first",
        s -> s.ones(4).select(s.ones(4)));
    refuse(
        "select: a mask of shape (3,) fits neither shape (4,) nor its first axes; use a mask of that shape, or as long as the first axes",
        s -> s.ones(4).select(s.ones(DType.BOOL, 3)));
  }

  private static void types() {
    refuse(
        "isclose: rtol -0.1 and atol 0.0; tolerances are 0 or more",
        s -> s.ones(3).isclose(s.zeros(3), -0.1, 0, false));
    refuse(
        "cast: complex128 to float32 would lose the imaginary parts; use x.real(), x.imag() or x.abs()",
        s -> s.ones(2).complex(1).cast(DType.FLOAT32));
    refuse(
        "complex: the parts are complex128 and float64; use real numbers",
        s -> s.ones(2).complex(1).complex(1));
    refuse(
        "less does not accept complex128, whose numbers have no order or no such function; use the parts or sizes: x.real(), x.imag(), x.abs()",
        s -> s.ones(2).complex(1).less(2));
    refuse(
        "max of complex128: complex numbers have no order; use x.abs(), x.real() or x.imag()",
        s -> s.ones(2).complex(1).max());
    refuse(
        "median does not take complex128; use real numbers: x.real(), x.imag() or x.abs()",
        s -> s.ones(2).complex(1).median());
    refuse(
        "searchsorted does not take complex128; use real numbers: x.real(), x.imag() or x.abs()",
        s -> s.ones(2).searchsorted(s.ones(2).complex(1), false));
    refuse(
        "integer 1000 is out of bounds for int8 (-128 to 127); use one within them, or a wider type",
        s -> s.ones(DType.INT8, 2).apply(ElementwiseOps.ADD, 1000));
  }

  private static void settings() {
    refuse(
        "an array cannot be asked for on 'cpu+cuda': name one device, such as cpu, cuda or cuda:1",
        s -> s.ones(2).on("cpu+cuda"));
    refuse(
        "an array cannot be asked for on 'auto': name one device, such as cpu, cuda or cuda:1",
        s -> s.ones(2).on("auto"));
    refuse(
        "device 'cuda:x': after the colon stands which one of several, counted from 0, as in cuda:1",
        s -> s.ones(2).on("cuda:x"));
    refuse("threads is 0; use at least 1", s -> SessionConfig.defaults().withThreads(0));
    refuse(
        "the memory limit is 1,000 bytes; use at least 1,048,576 (1 MiB)",
        s -> SessionConfig.defaults().withMemoryLimit(1000));
    refuse(
        "device 'tpu' is unknown; found: reference. Is its module (such as weft-cpu-fallback) on the class path?",
        s -> Session.open(SessionConfig.defaults().withDevice("tpu")));
    device(
        "cpu:0",
        "device 'cpu:0': after the colon stands how many threads it uses, at least 1, as in cpu:2");
    device(
        "cuda:x",
        "device 'cuda:x': after the colon stands which one of several, counted from 0, as in cuda:1");
    device("auto:1", "device 'auto:1': auto takes no number");
    device("cpu+cpu:2", "device 'cpu+cpu:2' names cpu twice");
    device("cuda+cuda:0", "device 'cuda+cuda:0' names cuda twice");
    device("cpu+auto", "device 'cpu+auto': auto stands alone; name the devices that are meant");
    device(
        "cpu+",
        "device 'cpu+' names no device on one side of a +; write auto, cpu, cpu:2, cpu-scalar, cuda, cuda:1 or cpu+cuda");
    device(
        "",
        "device '' names no device; write auto, cpu, cpu:2, cpu-scalar, cuda, cuda:1 or cpu+cuda");
    refuse(
        "optimiser pass 'magic' is unknown; use one of [fold constants, simplify, merge common subexpressions, push views, align chunks]",
        s -> {
          try (Session other = Session.open(s.config().withoutPass("magic"))) {
            other.ones(2).compute();
          }
        });
    refuse(
        "computeTo: 1 arrays cannot go to 0 targets; give one target for each array",
        s -> s.computeTo(List.of(s.ones(2)), List.of()));
    refuse(
        "the arrays belong to different sessions; make both in one, or compute one and pass the result",
        s -> {
          try (Session other = Session.open(s.config())) {
            s.ones(2).add(other.ones(2));
          }
        });
    refuse(
        "the session is closed and computes nothing more; open a new one and make the arrays there",
        s -> {
          Session other = Session.open(s.config());
          other.close();
          other.ones(2).compute();
        });
  }

  private static void device(String name, String message) {
    refuse(message, s -> Session.open(SessionConfig.defaults().withDevice(name)));
  }
}
