package dev.weft.cpu.random;

/** What is drawn; each has loops of its own. */
public enum Draw {
  /** Uniform float64 in [0, 1). */
  UNIFORM64 {
    @Override
    public void write(TileRandom numbers, long start, long count, long address) {
      numbers.uniformFloat64(start, count, address);
    }
  },
  /** Uniform float32 in [0, 1). */
  UNIFORM32 {
    @Override
    public void write(TileRandom numbers, long start, long count, long address) {
      numbers.uniformFloat32(start, count, address);
    }
  },
  /** Standard normal float64. */
  NORMAL64 {
    @Override
    public void write(TileRandom numbers, long start, long count, long address) {
      numbers.normalFloat64(start, count, address);
    }
  },
  /** Standard normal float32. */
  NORMAL32 {
    @Override
    public void write(TileRandom numbers, long start, long count, long address) {
      numbers.normalFloat32(start, count, address);
    }
  },
  /** Words of 64 random bits. */
  BITS {
    @Override
    public void write(TileRandom numbers, long start, long count, long address) {
      numbers.words64(start, count, address);
    }
  };

  /** Writes the numbers of elements [start, start + count). */
  public abstract void write(TileRandom numbers, long start, long count, long address);
}
