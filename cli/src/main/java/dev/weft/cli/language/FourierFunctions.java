package dev.weft.cli.language;

import dev.weft.cli.language.Value.Array;
import dev.weft.core.FourierNorm;
import dev.weft.core.NDArray;
import java.util.List;
import java.util.stream.IntStream;

/** Fourier transforms. */
final class FourierFunctions {
  static final List<String> ROWS =
      List.of(
          "fft.fft(x, n=None, axis=-1, norm='backward'): the Fourier transform along an axis",
          "fft.ifft(x, n=None, axis=-1, norm='backward'): the way back from fft.fft",
          "fft.rfft(x, n=None, axis=-1, norm='backward'): the half that says all of real numbers",
          "fft.irfft(x, n=None, axis=-1, norm='backward'): n real numbers, or 2 (m - 1), of such a half",
          "fft.hfft(x, n=None, axis=-1, norm='backward'): the real transform of a half of what is symmetric",
          "fft.ihfft(x, n=None, axis=-1, norm='backward'): the way back from fft.hfft",
          "fft.fftn(x, s=None, axes=None, norm='backward'): along several axes, of s elements each",
          "fft.ifftn(x, s=None, axes=None, norm='backward'): the way back from fft.fftn",
          "fft.rfftn(x, s=None, axes=None, norm='backward'): of real numbers, half of the last axis kept",
          "fft.irfftn(x, s=None, axes=None, norm='backward'): the way back from fft.rfftn",
          "fft.fft2(x, s=None, axes=None, norm='backward'): fft.fftn along the last two axes",
          "fft.ifft2(x, s=None, axes=None, norm='backward'): the way back from fft.fft2",
          "fft.rfft2(x, s=None, axes=None, norm='backward'): fft.rfftn along the last two axes",
          "fft.irfft2(x, s=None, axes=None, norm='backward'): the way back from fft.rfft2");

  private FourierFunctions() {}

  static Value apply(Call call) {
    NDArray x = call.array("x");
    FourierNorm norm = FourierNorm.of(call.word("norm", FourierNorm.BACKWARD.toString()));
    return new Array(
        switch (call.name()) {
          case "fft.fft", "fft.ifft", "fft.rfft", "fft.irfft", "fft.hfft", "fft.ihfft" ->
              along(call, x, norm);
          default -> alongSeveral(call, x, norm);
        });
  }

  private static NDArray along(Call call, NDArray x, FourierNorm norm) {
    String name = call.name();
    int axis = call.axis("axis", -1);
    long there = x.shape().extent(x.shape().axis(name, axis));
    boolean ofHalf = name.equals("fft.irfft") || name.equals("fft.hfft");
    long n = call.has("n") ? call.integer("n") : ofHalf ? 2 * (there - 1) : there;
    return switch (name) {
      case "fft.fft" -> x.fft(n, axis, norm);
      case "fft.ifft" -> x.ifft(n, axis, norm);
      case "fft.rfft" -> x.rfft(n, axis, norm);
      case "fft.irfft" -> x.irfft(n, axis, norm);
      case "fft.hfft" -> x.hfft(n, axis, norm);
      case "fft.ihfft" -> x.ihfft(n, axis, norm);
      default -> throw new IllegalStateException(name + " has no case");
    };
  }

  private static NDArray alongSeveral(Call call, NDArray x, FourierNorm norm) {
    String name = call.name();
    boolean two = name.endsWith("2");
    int count = call.has("s") ? call.extents("s").length : two ? 2 : x.rank();
    int[] last = IntStream.range(0, count).map(i -> i - count).toArray();
    int[] axes = call.has("axes") ? call.axes("axes") : two ? new int[] {-2, -1} : last;
    long[] extents =
        call.has("s") ? call.extents("s") : IntStream.of(axes).mapToLong(axis -> -1).toArray();
    return switch (name) {
      case "fft.fftn", "fft.fft2" -> x.fftn(extents, axes, norm);
      case "fft.ifftn", "fft.ifft2" -> x.ifftn(extents, axes, norm);
      case "fft.rfftn", "fft.rfft2" -> x.rfftn(extents, axes, norm);
      case "fft.irfftn", "fft.irfft2" -> x.irfftn(extents, axes, norm);
      default -> throw new IllegalStateException(name + " has no case");
    };
  }
}
