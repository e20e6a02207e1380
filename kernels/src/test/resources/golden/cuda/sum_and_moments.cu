// ===== sum_moments =====
//
// %0: float64 = load p0
// sum %0 -> partials0
// moments %0 -> partials1

struct sum_moments_words {
  long long size;     // cells: elements of the result
  long long length;   // elements that are reduced into a cell
  long long blocks;   // blocks of 4,096 of them
  long long scratch;  // partial results of blocks, if there are several
  long long rank, extents[12];
  long long reduced_rank, reduced_extents[12];
  struct { long long base, strides[12], reduced_strides[12]; } p0, out0, out1;
  long long plane_bytes[2];
};

__device__ __forceinline__ void sum_moments_element(
    const sum_moments_words &w, double p0, double &x0, double &x1) {
  const double v0 = p0;
  x0 = v0;
  x1 = v0;
}

struct sum_moments_code {
  typedef sum_moments_words Words;
  static const bool MOMENTS = true;

  // Bytes from an operand's first element; numbers of elements where they are computed.
  struct Cell {
    long long p0, out0, out1;
  };

  struct Sums {
    weft_fold<weft_add, double> r0;
    weft_fold<weft_add, double> r1;
    __device__ __forceinline__ void join(const Sums &right) {
      r0.join(right.r0);
      r1.join(right.r1);
    }
  };

  struct Squares {
    weft_fold<weft_add, double> r1;
    __device__ __forceinline__ void join(const Squares &right) {
      r1.join(right.r1);
    }
  };

  struct Result {
    weft_fold<weft_add, double> r0;
    weft_moments r1;
    __device__ __forceinline__ void join(const Result &right) {
      r0.join(right.r0);
      r1.join(right.r1);
    }
    __device__ __forceinline__ void empty() {
      r0.empty();
      r1.empty();
    }
  };

  static __device__ __forceinline__ Cell cell(const Words &w, unsigned int rest) {
    Cell at;
    at.p0 = at.out0 = at.out1 = 0;
    for (int axis = (int) w.rank - 1; axis > 0; axis--) {
      const unsigned int next = rest / (unsigned int) w.extents[axis];
      const unsigned int index = rest - next * (unsigned int) w.extents[axis];
      rest = next;
      at.p0 += index * w.p0.strides[axis];
      at.out0 += index * w.out0.strides[axis];
      at.out1 += index * w.out1.strides[axis];
    }
    at.p0 += rest * w.p0.strides[0];
    at.out0 += rest * w.out0.strides[0];
    at.out1 += rest * w.out1.strides[0];
    return at;
  }

  static __device__ __forceinline__ Cell element(const Words &w, const Cell &cell, unsigned int rest) {
    Cell at = cell;
    for (int axis = (int) w.reduced_rank - 1; axis > 0; axis--) {
      const unsigned int next = rest / (unsigned int) w.reduced_extents[axis];
      const unsigned int index = rest - next * (unsigned int) w.reduced_extents[axis];
      rest = next;
      at.p0 += index * w.p0.reduced_strides[axis];
      at.out0 += index * w.out0.reduced_strides[axis];
      at.out1 += index * w.out1.reduced_strides[axis];
    }
    at.p0 += rest * w.p0.reduced_strides[0];
    at.out0 += rest * w.out0.reduced_strides[0];
    at.out1 += rest * w.out1.reduced_strides[0];
    return at;
  }

  // Takes element r of a cell into a lane, as its first or a later one.
  template <bool FIRST>
  static __device__ __forceinline__ void sums(
      const Words &w, const Cell &cell, unsigned int r, Sums &lane) {
    const Cell at = element(w, cell, r);
    double x0;
    double x1;
    sum_moments_element(
        w,
        weft_load<double>(w.p0.base + at.p0),
        x0,
        x1);
    if (FIRST) lane.r0.first((double) x0, 0); else lane.r0.next((double) x0, 0);
    if (FIRST) lane.r1.first((double) x1, 0); else lane.r1.next((double) x1, 0);
  }

  // The second pass: squares of the distances from the means.
  template <bool FIRST>
  static __device__ __forceinline__ void squares(
      const Words &w, const Cell &cell, unsigned int r, const Sums &means, Squares &lane) {
    const Cell at = element(w, cell, r);
    double x0;
    double x1;
    sum_moments_element(
        w,
        weft_load<double>(w.p0.base + at.p0),
        x0,
        x1);
    const double d1 = (double) x1 - means.r1.value;
    if (FIRST) lane.r1.first(d1 * d1, 0); else lane.r1.next(d1 * d1, 0);
  }

  static __device__ __forceinline__ void means(Sums &sums, int n) {
    sums.r1.value /= (double) n;
  }

  static __device__ __forceinline__ void result(
      const Sums &sums, const Squares &squares, int n, Result &result) {
    result.r0 = sums.r0;
    result.r1.of(n, sums.r1.value, squares.r1.value);
  }

  static __device__ __forceinline__ void write(
      const Words &w, const Cell &cell, const Result &result) {
    weft_put(result.r0, w.out0.base + cell.out0, w.plane_bytes[0]);
    weft_put(result.r1, w.out1.base + cell.out1, w.plane_bytes[1]);
  }

  static __device__ __forceinline__ void save(
      const Words &w, long long place, const Result &result) {
    const long long step = 8 * w.size * w.blocks;
    weft_put(result.r0, w.scratch + 8 * place + 0 * step, step);
    weft_put(result.r1, w.scratch + 8 * place + 1 * step, step);
  }

  static __device__ __forceinline__ void load(
      const Words &w, long long place, Result &result) {
    const long long step = 8 * w.size * w.blocks;
    weft_get(result.r0, w.scratch + 8 * place + 0 * step, step);
    weft_get(result.r1, w.scratch + 8 * place + 1 * step, step);
  }
};

extern "C" __global__ void __launch_bounds__(256, 1) sum_moments_reduce64(
    const __grid_constant__ sum_moments_words w) {
  weft_reduce<sum_moments_code, 64, 256>(w);
}

extern "C" __global__ void __launch_bounds__(256, 1) sum_moments_reduce8(
    const __grid_constant__ sum_moments_words w) {
  weft_reduce<sum_moments_code, 8, 256>(w);
}

extern "C" __global__ void __launch_bounds__(256, 1) sum_moments_reduce1(
    const __grid_constant__ sum_moments_words w) {
  weft_reduce<sum_moments_code, 1, 256>(w);
}

extern "C" __global__ void __launch_bounds__(256, 1) sum_moments_join256(
    const __grid_constant__ sum_moments_words w) {
  weft_join<sum_moments_code, 256, 256>(w);
}

extern "C" __global__ void __launch_bounds__(256, 1) sum_moments_join1(
    const __grid_constant__ sum_moments_words w) {
  weft_join<sum_moments_code, 1, 256>(w);
}
