package dev.weft.table.join;

import java.util.Locale;

/** Which rows a join keeps. */
public enum How {
  /** Pairs of rows with equal keys. */
  INNER,
  /** These, and rows of the left table without partner. */
  LEFT,
  /** Pairs, and rows of the right table without partner, behind all others. */
  RIGHT,
  /** Pairs, and rows of both tables without partner. */
  OUTER,
  /** Rows of the left table that have a partner, once; no columns of the right. */
  SEMI,
  /** Rows of the left table that have none; no columns of the right. */
  ANTI;

  /** The name in lower case. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether rows of the left table without partner are kept beside pairs. */
  public boolean keepsLeft() {
    return this == LEFT || this == OUTER;
  }

  /** Whether rows of the right table without partner are kept. */
  public boolean keepsRight() {
    return this == RIGHT || this == OUTER;
  }

  /** Whether only rows of the left table are chosen. */
  public boolean isChoice() {
    return this == SEMI || this == ANTI;
  }
}
