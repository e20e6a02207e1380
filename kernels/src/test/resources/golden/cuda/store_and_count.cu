// ===== greater_sum =====
//
// %0: int32 = load p0
// %1: int32 = scalar s0
// %2: bool = greater %0, %1
// store %2 -> out0
// sum %2 -> partials1

struct greater_sum_words {
  long long size;     // cells: elements of the result
  long long length;   // elements that are reduced into a cell
  long long blocks;   // blocks of 4,096 of them
  long long scratch;  // partial results of blocks, if there are several
  long long rank, extents[12];
  long long reduced_rank, reduced_extents[12];
  struct { long long base, strides[12], reduced_strides[12]; } p0, out0, out1;
  long long plane_bytes[2];
  long long scalars[1];
};

__device__ __forceinline__ void greater_sum_element(
    const greater_sum_words &w, int p0, bool &x0, bool &x1) {
  const int v0 = p0;
  const int v1 = (int) w.scalars[0];
  bool v2; { const long long a = v0; const long long b = v1; v2 = (bool) (a > b); }  // greater
  x0 = v2;
  x1 = v2;
}

struct greater_sum_code {
  typedef greater_sum_words Words;
  static const bool MOMENTS = false;

  // Bytes from an operand's first element; numbers of elements where they are computed.
  struct Cell {
    long long p0, out0, out1;
  };

  struct Sums {
    weft_fold<weft_add, long long> r1;
    __device__ __forceinline__ void join(const Sums &right) {
      r1.join(right.r1);
    }
  };

  struct Squares {
    __device__ __forceinline__ void join(const Squares &) {
    }
  };

  struct Result {
    weft_fold<weft_add, long long> r1;
    __device__ __forceinline__ void join(const Result &right) {
      r1.join(right.r1);
    }
    __device__ __forceinline__ void empty() {
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
    bool x0;
    bool x1;
    greater_sum_element(
        w,
        weft_load<int>(w.p0.base + at.p0),
        x0,
        x1);
    weft_store<bool>(w.out0.base + at.out0, x0);
    if (FIRST) lane.r1.first((long long) x1, 0); else lane.r1.next((long long) x1, 0);
  }

  static __device__ __forceinline__ void result(
      const Sums &sums, const Squares &squares, int n, Result &result) {
    result.r1 = sums.r1;
  }

  static __device__ __forceinline__ void write(
      const Words &w, const Cell &cell, const Result &result) {
    weft_put(result.r1, w.out1.base + cell.out1, w.plane_bytes[1]);
  }

  static __device__ __forceinline__ void save(
      const Words &w, long long place, const Result &result) {
    const long long step = 8 * w.size * w.blocks;
    weft_put(result.r1, w.scratch + 8 * place + 0 * step, step);
  }

  static __device__ __forceinline__ void load(
      const Words &w, long long place, Result &result) {
    const long long step = 8 * w.size * w.blocks;
    weft_get(result.r1, w.scratch + 8 * place + 0 * step, step);
  }
};

extern "C" __global__ void __launch_bounds__(256, 1) greater_sum_reduce64(
    const __grid_constant__ greater_sum_words w) {
  weft_reduce<greater_sum_code, 64, 256>(w);
}

extern "C" __global__ void __launch_bounds__(256, 1) greater_sum_reduce8(
    const __grid_constant__ greater_sum_words w) {
  weft_reduce<greater_sum_code, 8, 256>(w);
}

extern "C" __global__ void __launch_bounds__(256, 1) greater_sum_reduce1(
    const __grid_constant__ greater_sum_words w) {
  weft_reduce<greater_sum_code, 1, 256>(w);
}

extern "C" __global__ void __launch_bounds__(256, 1) greater_sum_join256(
    const __grid_constant__ greater_sum_words w) {
  weft_join<greater_sum_code, 256, 256>(w);
}

extern "C" __global__ void __launch_bounds__(256, 1) greater_sum_join1(
    const __grid_constant__ greater_sum_words w) {
  weft_join<greater_sum_code, 1, 256>(w);
}
