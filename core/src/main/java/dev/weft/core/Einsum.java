package dev.weft.core;

import dev.weft.core.dtype.DType;
import dev.weft.core.dtype.Promotion;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Einstein's sums, two operands at a time, those first whose result is smallest. Where two operands
 * have letters of their own beside those that are summed it is a matrix product, else products that
 * are added up as they are made.
 */
final class Einsum {
  private final EinsumText text;
  private final List<Term> terms = new ArrayList<>();

  /** An array and the letter of each of its axes. */
  private record Term(NDArray array, List<Integer> letters) {}

  private Einsum(EinsumText text) {
    this.text = text;
  }

  static NDArray of(Session session, String subscripts, NDArray... operands) {
    NDArray[] own = Arrays.stream(operands).map(session::own).toArray(NDArray[]::new);
    EinsumText text = EinsumText.parse(subscripts, own);
    DType dtype = Promotion.common(Arrays.stream(own).map(NDArray::dtype).toList());
    Einsum sum = new Einsum(text);
    for (int i = 0; i < own.length; i++) {
      sum.terms.add(diagonals(own[i].cast(dtype), text.operand(i)));
    }
    return sum.result(dtype);
  }

  private NDArray result(DType dtype) {
    while (terms.size() > 1) {
      int[] pair = cheapest();
      Term right = terms.remove(pair[1]);
      Term left = terms.remove(pair[0]);
      terms.add(pair(left, right));
    }
    Term last = summed(terms.getFirst(), text.output());
    NDArray ordered = arranged(last, text.output());
    return ordered.cast(dtype);
  }

  /** A letter that an operand has twice stands for its diagonal. */
  private static Term diagonals(NDArray x, List<Integer> letters) {
    NDArray array = x;
    List<Integer> left = new ArrayList<>(letters);
    for (int axis = 0; axis < left.size(); axis++) {
      int other = left.subList(0, axis).indexOf(left.get(axis));
      if (other >= 0) {
        array = array.diagonal(0, other, axis);
        int letter = left.remove(axis);
        left.remove(other);
        left.add(letter);
        axis = -1;
      }
    }
    return new Term(array, left);
  }

  /** The two terms whose product is smallest beside what they are themselves. */
  private int[] cheapest() {
    int[] best = {0, 1};
    double least = Double.POSITIVE_INFINITY;
    for (int i = 0; i < terms.size(); i++) {
      for (int j = i + 1; j < terms.size(); j++) {
        double size = 1;
        for (int letter : union(terms.get(i), terms.get(j))) {
          size *= isNeeded(letter, i, j) ? text.extent(letter) : 1;
        }
        double cost = size - terms.get(i).array().size() - terms.get(j).array().size();
        if (cost < least) {
          least = cost;
          best = new int[] {i, j};
        }
      }
    }
    return best;
  }

  private static List<Integer> union(Term a, Term b) {
    List<Integer> letters = new ArrayList<>(a.letters());
    b.letters().stream().filter(letter -> !letters.contains(letter)).forEach(letters::add);
    return letters;
  }

  /** Whether the result or a term other than these two has the letter. */
  private boolean isNeeded(int letter, int... without) {
    boolean needed = text.output().contains(letter);
    for (int i = 0; i < terms.size(); i++) {
      int number = i;
      boolean counts = Arrays.stream(without).noneMatch(w -> w == number);
      needed |= counts && terms.get(i).letters().contains(letter);
    }
    return needed;
  }

  /** The product of two terms that are taken out. */
  private Term pair(Term first, Term second) {
    List<Integer> kept = union(first, second).stream().filter(this::isNeeded).toList();
    List<Integer> wantedLeft = new ArrayList<>(kept);
    wantedLeft.addAll(second.letters());
    List<Integer> wantedRight = new ArrayList<>(kept);
    wantedRight.addAll(first.letters());
    Term left = summed(first, wantedLeft);
    Term right = summed(second, wantedRight);
    List<Integer> batch = new ArrayList<>();
    List<Integer> inner = new ArrayList<>();
    for (int letter : left.letters()) {
      if (right.letters().contains(letter)) {
        (kept.contains(letter) ? batch : inner).add(letter);
      }
    }
    List<Integer> rows = without(left.letters(), batch, inner);
    List<Integer> columns = without(right.letters(), batch, inner);
    boolean isProduct = !inner.isEmpty() && !rows.isEmpty() && !columns.isEmpty();
    boolean even = inner.stream().allMatch(l -> extent(left, l) == extent(right, l));
    if (isProduct && even && left.array().dtype() != DType.BOOL) {
      return product(left, right, batch, rows, inner, columns);
    }
    List<Integer> all = new ArrayList<>(kept);
    all.addAll(inner);
    NDArray products = arranged(left, all).multiply(arranged(right, all));
    return summed(new Term(products, all), kept);
  }

  private static long extent(Term term, int letter) {
    return term.array().shape().extent(term.letters().indexOf(letter));
  }

  private static List<Integer> without(
      List<Integer> letters, List<Integer> some, List<Integer> others) {
    return letters.stream().filter(l -> !some.contains(l) && !others.contains(l)).toList();
  }

  private static Term product(
      Term left,
      Term right,
      List<Integer> batch,
      List<Integer> rows,
      List<Integer> inner,
      List<Integer> columns) {
    NDArray a = matrices(left, batch, rows, inner);
    NDArray b = matrices(right, batch, inner, columns);
    NDArray product = a.matmul(b);
    List<Integer> letters = new ArrayList<>(batch);
    letters.addAll(rows);
    letters.addAll(columns);
    long[] extents = new long[letters.size()];
    for (int i = 0; i < extents.length; i++) {
      int letter = letters.get(i);
      extents[i] =
          i < batch.size()
              ? product.shape().extent(i)
              : extent(rows.contains(letter) ? left : right, letter);
    }
    return new Term(product.reshape(extents), letters);
  }

  /** Axes in the order of a batch of matrices, those of rows and of columns each made one. */
  private static NDArray matrices(
      Term term, List<Integer> batch, List<Integer> rows, List<Integer> columns) {
    List<Integer> order = new ArrayList<>(batch);
    order.addAll(rows);
    order.addAll(columns);
    NDArray ordered = arranged(term, order);
    long[] extents = new long[batch.size() + 2];
    Arrays.fill(extents, 1);
    for (int i = 0; i < order.size(); i++) {
      int place = i < batch.size() ? i : batch.size() + (i < batch.size() + rows.size() ? 0 : 1);
      extents[place] *= ordered.shape().extent(i);
    }
    return ordered.reshape(extents);
  }

  /** Added up over the letters that are not wanted. */
  private static Term summed(Term term, List<Integer> wanted) {
    List<Integer> kept = term.letters().stream().filter(wanted::contains).toList();
    if (kept.size() == term.letters().size()) {
      return term;
    }
    int[] over =
        term.letters().stream()
            .filter(letter -> !wanted.contains(letter))
            .mapToInt(term.letters()::indexOf)
            .toArray();
    // Sums of small integers are wider; those of floats are rounded once.
    return new Term(term.array().sum(over).cast(term.array().dtype()), kept);
  }

  /** Axes in this order, those that the term has not with extent 1. */
  private static NDArray arranged(Term term, List<Integer> order) {
    List<Integer> own = order.stream().filter(term.letters()::contains).toList();
    int[] axes = own.stream().mapToInt(term.letters()::indexOf).toArray();
    NDArray array = axes.length < 2 ? term.array() : term.array().transpose(axes);
    for (int i = 0; i < order.size(); i++) {
      if (!own.contains(order.get(i))) {
        array = array.expandDims(i);
      }
    }
    return array;
  }
}
