package dev.weft.cli.language;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.core.NDArray;
import dev.weft.core.Session;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is said of arguments that no function can have; x is float64 (3, 4), i int64 (3,). */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ArgumentErrorTest {
  private Session session;

  @BeforeAll
  void open() {
    session = Session.open();
  }

  @AfterAll
  void close() {
    session.close();
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "diff(x, n=-1) | diff: n is -1, and differences are taken 0 times or more",
        "diff(x, axis=None) | diff: argument axis: expected an integer, got None",
        "stack([i, i], axis=None) | stack: argument axis: expected an integer, got None",
        "linspace(0, 1, None) | linspace: argument num: expected an integer, got None",
        "isclose(x, x, rtol=None) | isclose: argument rtol: expected a number, got None",
        "round(x, None) | round: argument decimals: expected an integer, got None",
        "tensordot(x, x, axes=3) | tensordot: 3 axes of shapes (3, 4) and (3, 4); use 0 to 2",
        "tensordot(x, x, axes=-1) | tensordot: -1 axes of shapes (3, 4) and (3, 4); use 0 to 2",
        "tensordot(x, x, axes=([0, 0], [0, 1])) | tensordot: axes [0, 0] name an axis of shape (3, 4)",
        "partition(x, 9) | partition: kth is 9, and axis 1 of shape (3, 4) allows -4 to 3",
        "x.apply_along_axis() | NumPy's 'apply_along_axis' is not there yet; weft ops lists what there is",
        "np.apply_over_axes(x) | NumPy's 'apply_over_axes' is not there yet; weft ops lists what there is",
        "lexsort((x, x[0])) | lexsort: keys of shapes (3, 4) and (4,); all must have one shape",
        "polyfit(x[0], x, 1) | polyfit: 4 places and 3 values; use as many of both",
        "interp(x, x[0], x[0, :2]) | interp: places of shape (4,) and values of shape (2,); use two vectors",
        "histogram2d(x, x, bins=[1, 2, 3]) | histogram2d: bins must be one for each of 2 columns; got a list of 3",
        "histogramdd(x[0]) | histogramdd: shape (4,) and edges for 0 columns; use a row for each point",
        "random.choice(3, 4, replace=False) | permuted: 4 of shape (3,); use a vector, and up to as many",
        "fft.fft(x, norm='orto') | norm 'orto' is not one of backward, ortho, forward",
        "fft.fft(x, 0) | fft: invalid number of data points 0 along axis 1 of shape (3, 4); use n",
        "fft.ifft(x, axis=2) | fft.ifft: axis 2 is out of range for shape (3, 4), which has 2 axes",
        "fft.rfft(x, n=2.5) | fft.rfft: argument n: expected an integer, got the number 2.5",
        "fft.fftn(x, (2,), axes=(0, 1)) | fftn: 1 extents for 2 axes; give one for each axis",
        "fft.fft2(x[0]) | fftn: axis -2 is out of range for shape (4,), which has 1 axis",
        "random.shuffle(x) | NumPy's 'random.shuffle' is not there yet; weft ops lists what there is",
        "full(3, -1, dtype=uint8) | integer -1 is out of bounds for uint8 (0 to 255); use one within",
        "x[[0, 1], [0, 1, 2]] | index: shapes (2,) and (3,) do not broadcast",
        "x[0, [1, 9]] | index: index 9 at position 1 is out of bounds for axis 1 of shape (1, 4)",
        "x[7, [1]] | index 7 is out of bounds for axis 0 of shape (3, 4), which allows -3 to 2",
        "x[0, i > 1] | index: a mask of shape (3,) does not fit axis 1 of shape (1, 4)",
        "x[x] | index: an array of float64 chooses nothing; use integers or a bool mask",
        "take(i, x) | take: the indices are float64 of shape (3, 4); use integers",
        "roll(x, (1, 2, 3), (0, 1)) | roll: 3 shifts for 2 axes; give one for each",
        "moveaxis(x, (0, 1), (0, 0)) | moveaxis: axes [0, 1] of shape (3, 4) to [0, 0]; name as many",
        "repeat(i, [1, 2]) | repeat: the counts are [1, 2]; use 3 for axis 0 of shape (3,)",
        "repeat(i, [1, -2, 0]) | repeat: the counts are [1, -2, 0]; use 3 for axis 0",
        "argmax(x, axis=()) | argmax: axis must be at least one axis",
        "cross(x, x) | cross: axis 1 of shape (3, 4) is 4; vectors of 3 components have such a product",
        "meshgrid(i, indexing='ab') | meshgrid: indexing must be 'xy' or 'ij'; got the text 'ab'",
        "linspace(0, 1, -2, endpoint=False) | linspace: the count is -2; use 0 or more",
        "vstack([]) | concatenate: no arrays given; at least one is needed",
      })
  void says(String expression, String message) {
    NDArray x = session.ones(3, 4);
    Map<String, NDArray> inputs = Map.of("x", x, "i", session.arange(3));
    JobScript job = Parser.job(SourceText.of(expression));
    assertThatThrownBy(() -> Evaluator.evaluate(session, job, new GivenInputs(inputs)))
        .isInstanceOf(LanguageException.class)
        .hasMessageStartingWith(message);
  }
}
