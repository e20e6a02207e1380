package dev.weft.testkit.store;

/** What may happen to a request to an object store. */
public enum StoreFault {
  /** Nothing. */
  NONE,
  /** 503 SlowDown, without doing anything. */
  SLOW_DOWN,
  /** The answer comes late. */
  SLOW,
  /** The connection ends in the middle of the answer, or before it. */
  CUT,
  /** The request is done, and its answer is lost. */
  LOST,
  /** A byte of the answer is another one, where a checksum is told that shows it. */
  DAMAGED,
  /** 403 RequestTimeTooSkewed, without doing anything. */
  SKEWED
}
