package dev.weft.cli.language;

import dev.weft.cli.language.Value.Array;
import dev.weft.core.NDArray;
import dev.weft.core.Session;
import java.util.Arrays;
import java.util.List;

/** Functions that rearrange elements. */
final class ShapeFunctions {
  static final List<String> ROWS =
      List.of(
          "reshape(x, *shape): the elements in C order under another shape; -1 is what is left",
          "ravel(x): all elements in C order along one axis",
          "flatten(x): all elements in C order along one axis",
          "transpose(x, *axes): axes permuted; without axes reversed, as x.T",
          "permute_dims(x, *axes): axes permuted; without axes reversed, as x.T",
          "moveaxis(x, source, destination): an axis, or several, moved",
          "swapaxes(x, axis1, axis2): two axes exchanged",
          "squeeze(x, axis=None): axes of extent 1 dropped",
          "expand_dims(x, axis): a new axis of extent 1, or several",
          "broadcast_to(x, shape): stretched to a shape",
          "flip(x, axis=None): order reversed along axes",
          "roll(x, shift, axis=None): elements shifted, those that fall off re-entering",
          "fft.fftshift(x, axes=None): frequency 0 moved to the middle",
          "fft.ifftshift(x, axes=None): frequency 0 moved back to the first place",
          "tile(x, reps): the whole array repeated",
          "repeat(x, repeats, axis=None): each element repeated, all alike or one number for each",
          "take(x, indices, axis=None): elements at positions",
          "concatenate(arrays, axis=0): arrays one after the other; with None, all elements of each",
          "concat(arrays, axis=0): arrays one after the other; with None, all elements of each",
          "stack(arrays, axis=0): arrays side by side along a new axis",
          "vstack(arrays): arrays on top of each other",
          "hstack(arrays): arrays beside each other",
          "dstack(arrays): arrays behind each other, along the third axis",
          "column_stack(arrays): arrays beside each other; those with one axis are columns",
          "rechunk(x, *chunks): the same elements in chunks of these lengths");

  private ShapeFunctions() {}

  static Value apply(Call call) {
    return new Array(
        switch (call.name()) {
          case "concatenate", "concat", "stack", "vstack", "hstack", "dstack", "column_stack" ->
              join(call);
          default -> rearrange(call, call.array("x"));
        });
  }

  private static NDArray rearrange(Call call, NDArray x) {
    return switch (call.name()) {
      case "reshape" -> x.reshape(call.extents("shape"));
      case "ravel", "flatten" -> x.ravel();
      case "transpose", "permute_dims" -> x.transpose(call.axes("axes"));
      case "moveaxis" -> x.moveaxis(call.axes("source"), call.axes("destination"));
      case "swapaxes" -> x.swapaxes(call.axis("axis1"), call.axis("axis2"));
      case "squeeze" -> call.isEmpty("axis") ? x : x.squeeze(call.axes("axis"));
      case "expand_dims" -> x.expandDims(call.axes("axis"));
      case "broadcast_to" -> x.broadcastTo(call.extents("shape"));
      case "flip" -> call.isEmpty("axis") ? x : x.flip(call.axes("axis"));
      case "roll" -> roll(call, x);
      case "fft.fftshift" -> x.fftshift(call.axes("axes"));
      case "fft.ifftshift" -> x.ifftshift(call.axes("axes"));
      case "tile" -> x.tile(call.extents("reps"));
      case "repeat" -> repeat(call, call.has("axis") ? x : x.ravel(), call.axis("axis", 0));
      case "take" -> take(call, call.has("axis") ? x : x.ravel(), call.axis("axis", 0));
      case "rechunk" -> x.rechunk(call.extents("chunks"));
      default -> throw new IllegalStateException(call.name() + " has no case");
    };
  }

  private static NDArray roll(Call call, NDArray x) {
    long[] shifts = call.extents("shift");
    if (!call.has("axis")) {
      return x.ravel().roll(Arrays.stream(shifts).sum(), 0).reshape(Call.longs(x.shape()));
    }
    int[] axes = call.axes("axis");
    // One shift goes for all axes, and one axis takes all shifts.
    int count = Math.max(shifts.length, axes.length);
    long[] each = shifts.length == 1 ? filled(count, shifts[0]) : shifts;
    int[] along = axes.length == 1 ? new int[count] : axes;
    if (axes.length == 1) {
      Arrays.fill(along, axes[0]);
    }
    return x.roll(each, along);
  }

  private static long[] filled(int count, long value) {
    long[] values = new long[count];
    Arrays.fill(values, value);
    return values;
  }

  private static NDArray repeat(Call call, NDArray x, int axis) {
    long[] counts = call.integers("repeats");
    return counts.length == 1 ? x.repeat(counts[0], axis) : x.repeat(counts, axis);
  }

  private static NDArray take(Call call, NDArray x, int axis) {
    return call.isIntegers("indices")
        ? x.take(call.extents("indices"), axis)
        : x.take(call.array("indices"), axis);
  }

  private static NDArray join(Call call) {
    Session session = call.session();
    NDArray[] parts = call.arrays("arrays");
    return switch (call.name()) {
      case "stack" -> session.stack(call.axis("axis", 0), parts);
      case "vstack" -> session.vstack(parts);
      case "hstack" -> session.hstack(parts);
      case "dstack" -> session.dstack(parts);
      case "column_stack" -> session.columnStack(parts);
      default ->
          call.isNone("axis")
              ? session.concatenateRaveled(call.arraysTogether("arrays"))
              : session.concatenate(call.axis("axis", 0), call.arraysTogether("arrays"));
    };
  }
}
