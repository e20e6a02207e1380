package dev.weft.core;

import dev.weft.core.dtype.DType;
import dev.weft.core.error.UsageException;
import dev.weft.core.shape.Shape;
import java.util.Arrays;

/**
 * Arrays in pieces: cut, padded, with parts put in or left out. Pieces are views; what is joined is
 * computed where it lies in the result.
 */
public sealed interface PieceMethods permits NDArray {
  /** The array itself. */
  NDArray self();

  /**
   * The array with {@code width} elements more on both sides of every axis.
   *
   * @throws UsageException for a negative width, and for an axis without elements unless a number
   *     pads it
   */
  default NDArray pad(Pad with, long width) {
    return Padding.of(self(), with, new long[] {width, width});
  }

  /**
   * The array with more elements around it: {@code [1, 2].pad(Pad.edge(), {{1, 2}})} is {@code [1,
   * 1, 2, 2, 2]}.
   *
   * @param widths how many before and after, for each axis, or one pair for all
   * @throws UsageException for pairs that are not as many as axes, or negative
   */
  default NDArray pad(Pad with, long[][] widths) {
    return Padding.of(self(), with, widths);
  }

  /**
   * The array in so many parts of equal extent along an axis.
   *
   * @throws UsageException when the axis does not divide evenly
   */
  default NDArray[] split(int sections, int axis) {
    return Pieces.split(self(), sections, axis, true);
  }

  /** The array in so many parts along an axis, of which the first may be longer by one. */
  default NDArray[] arraySplit(int sections, int axis) {
    return Pieces.split(self(), sections, axis, false);
  }

  /**
   * The array cut before each of these positions of an axis: {@code [0, 1, 2, 3].splitAt({1, 3},
   * 0)} is {@code [0], [1, 2], [3]}. Positions may be negative or beyond the end, as in a slice.
   */
  default NDArray[] splitAt(long[] positions, int axis) {
    return Pieces.at(self(), positions, axis);
  }

  /** The elements of an axis as arrays without it. */
  default NDArray[] unstack(int axis) {
    return Pieces.unstack(self(), axis);
  }

  /**
   * The array with values before one position of an axis; they take the array's type, and broadcast
   * along other axes.
   *
   * @throws UsageException for a position out of range, or values that do not broadcast
   */
  default NDArray insert(long position, NDArray values, int axis) {
    return Pieces.insert(self(), position, self().session().own(values), axis);
  }

  /**
   * The array with one value, or slice, before each of these positions, which count in the array as
   * it was: {@code [1, 2, 3].insert({0, 2}, [8, 9], 0)} is {@code [8, 1, 2, 9, 3]}.
   *
   * @throws UsageException for a position out of range, or values that do not broadcast
   */
  default NDArray insert(long[] positions, NDArray values, int axis) {
    return Pieces.insert(self(), positions, self().session().own(values), axis);
  }

  /**
   * The array without these positions of an axis.
   *
   * @throws UsageException for a position out of range
   */
  default NDArray delete(long[] positions, int axis) {
    return Pieces.delete(self(), positions, axis);
  }

  /**
   * The array with another one behind it along an axis.
   *
   * @throws UsageException where the extents along other axes differ
   */
  default NDArray append(NDArray values, int axis) {
    return self().session().concatenate(axis, self(), values);
  }

  /**
   * The elements at positions along an axis, each of its own row: {@code x[i, p[i, j]]} for the
   * last of two axes, as positions that {@code argmin} and {@code argsort} give. Other extents
   * broadcast. Positions are computed now.
   *
   * @throws UsageException for positions that are not integers, have not as many axes as the array,
   *     or are out of range
   */
  default NDArray takeAlongAxis(NDArray positions, int axis) {
    return Gathering.along(self(), self().session().own(positions), axis);
  }

  /**
   * For integers: of the array that each element names, the element at its place. Whether all are
   * within range is computed now.
   *
   * @throws UsageException for elements that are not numbers of choices, from 0 on
   */
  default NDArray choose(NDArray... choices) {
    return Gathering.choose(self(), choices);
  }

  /**
   * Positions in C order of the elements that are not 0, int64. Computed now, since the extent
   * depends on the values.
   */
  default NDArray flatnonzero() {
    return Gathering.flatnonzero(self());
  }

  /**
   * Positions of the elements that are not 0, an array for each axis. Computed now.
   *
   * @throws UsageException for an array without axes
   */
  default NDArray[] nonzero() {
    return Gathering.nonzero(self());
  }

  /** Positions of the elements that are not 0, one a row. Computed now. */
  default NDArray argwhere() {
    NDArray x = self();
    NDArray flat = x.flatnonzero();
    return x.rank() == 0
        ? x.session().zeros(DType.INT64, flat.size(), 0)
        : x.session().stack(1, Gathering.positions(flat, x.shape()));
  }

  /**
   * Positions in C order as positions along each axis of a shape. Whether all are within it is
   * computed now.
   *
   * @throws UsageException for what is no integer, or out of range
   */
  default NDArray[] unravelIndex(long... extents) {
    return Gathering.unraveled(self(), Shape.of(extents));
  }

  /** New axes of extent 1 at these positions of the result. */
  default NDArray expandDims(int[] axes) {
    return Gathering.expanded(self(), axes);
  }

  /**
   * The array turned by quarters in the plane of two axes, from the first towards the second.
   *
   * @throws UsageException for axes out of range or equal
   */
  default NDArray rot90(int quarters, int axis1, int axis2) {
    return Gathering.turned(self(), quarters, axis1, axis2);
  }

  /** Differences of neighbours in C order, with other elements before and behind them. */
  default NDArray ediff1d(NDArray before, NDArray behind) {
    NDArray x = self();
    NDArray[] parts = {before.ravel(), x.ravel().diff(1, 0), behind.ravel()};
    return x.session()
        .concatenate(
            0, Arrays.stream(parts).map(part -> part.cast(x.dtype())).toArray(NDArray[]::new));
  }
}
