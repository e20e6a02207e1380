package dev.weft.core.fourier;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.IntFunction;

/**
 * Transforms by length, kept while they are small together: their numbers take longer to make than
 * a transform. They never change, so that all threads share them.
 */
public final class Tables {
  /** Elements of all kept tables, of about 40 bytes each. */
  private static final long MOST = 1 << 20;

  private static final Tables SHARED = new Tables(MOST);

  /** Lengths up to which columns need no tables of lines. */
  private static final int SHORT = 256;

  private enum Kind {
    COLUMNS,
    LINE,
    REAL,
    TURN
  }

  private record Key(Kind kind, int length, long whole) {
    Key(Kind kind, int length) {
      this(kind, length, length);
    }

    long elements() {
      return kind == Kind.TURN ? (long) length * Columns.MOST : length;
    }
  }

  private final long most;
  private final Map<Key, Object> kept = new LinkedHashMap<>(16, 0.75f, true);
  private long elements;

  Tables(long most) {
    this.most = most;
  }

  /** The tables of this process. */
  public static Tables shared() {
    return SHARED;
  }

  /** Whether lines are transformed faster as columns side by side than one after the other. */
  public static boolean isShort(int length) {
    return length <= SHORT;
  }

  /** The transform of columns of so many elements. */
  public ColumnTransform columns(int length) {
    return (ColumnTransform)
        of(
            new Key(Kind.COLUMNS, length),
            n -> Factors.isSmooth(n) ? new MixedRadix(n) : new ChirpColumns(n));
  }

  /** A transform of lines of so many elements, for one thread. */
  public LineTransform line(int length) {
    Object tables =
        of(
            new Key(Kind.LINE, length),
            n -> Factors.isSmooth(n) ? new TwoFactors(n) : new ChirpLine(n));
    return tables instanceof TwoFactors two ? two.line() : ((ChirpLine) tables).line();
  }

  /** What makes complex lines of half the length of real ones, whose length is even. */
  public RealLine real(int length) {
    return (RealLine) of(new Key(Kind.REAL, length), RealLine::new);
  }

  /**
   * Roots of order {@code whole} that turn neighbouring columns of so many rows: of row k and
   * column c the power k times c.
   */
  public Columns turns(int rows, long whole) {
    return (Columns)
        of(
            new Key(Kind.TURN, rows, whole),
            n -> {
              Columns turns = Columns.of(n, 0, Columns.MOST);
              for (int k = 0; k < n; k++) {
                turns.powers(k, whole);
              }
              return turns;
            });
  }

  private Object of(Key key, IntFunction<Object> make) {
    synchronized (kept) {
      Object there = kept.get(key);
      if (there != null) {
        return there;
      }
    }
    Object made = make.apply(key.length);
    synchronized (kept) {
      if (key.elements() <= most && kept.putIfAbsent(key, made) == null) {
        elements += key.elements();
        drop();
      }
    }
    return made;
  }

  /** Lets go of those that were not used for longest. */
  private void drop() {
    var oldest = kept.keySet().iterator();
    while (elements > most) {
      elements -= oldest.next().elements();
      oldest.remove();
    }
  }

  /** How many transforms are kept. */
  int size() {
    synchronized (kept) {
      return kept.size();
    }
  }
}
