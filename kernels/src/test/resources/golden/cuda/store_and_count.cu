// ===== greater_sum =====
//
// %0: int32 = load p0
// %1: int32 = scalar s0
// %2: bool = greater %0, %1
// store %2 -> out0
// sum %2 -> partials1

struct greater_sum_words : weft_reduce_chunk<1, 0, 3> {
  enum { p0, out0, out1 };
  __device__ __forceinline__ explicit greater_sum_words(const weft_launch &all)
      : weft_reduce_chunk(all) {}
};

__device__ __forceinline__ void greater_sum_element(
    const greater_sum_words &w, int p0, bool &x0, bool &x1) {
  const int v0 = p0;
  const int v1 = (int) w.shared(0);
  bool v2; { const long long a = v0; const long long b = v1; v2 = (bool) (a > b); }  // greater
  x0 = v2;
  x1 = v2;
}

struct greater_sum_code {
  typedef greater_sum_words Words;
  static const bool MOMENTS = false;
  static const int LOADS = 8, LANES = 8;

  // Bytes from an operand's first element; numbers of elements where they are computed.
  struct Cell {
    long long p0, out0, out1;
  };

  // What an element is computed of.
  struct Elements {
    int p0;
  };

  // What is kept from one random number to the next.
  struct Random {
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
    Cell at = Cell();
#pragma unroll 1
    for (int axis = w.rank() - 1; axis > 0; axis--) {
      const unsigned int next = rest / (unsigned int) w.extent(axis);
      const unsigned int index = rest - next * (unsigned int) w.extent(axis);
      rest = next;
      at.p0 += index * w.stride(w.p0, axis);
      at.out0 += index * w.stride(w.out0, axis);
      at.out1 += index * w.stride(w.out1, axis);
    }
    at.p0 += rest * w.stride(w.p0, 0);
    at.out0 += rest * w.stride(w.out0, 0);
    at.out1 += rest * w.stride(w.out1, 0);
    return at;
  }

  static __device__ __forceinline__ Cell element(const Words &w, unsigned int rest) {
    Cell at = Cell();
#pragma unroll 1
    for (int axis = w.rank() + w.reduced_rank() - 1; axis > w.rank(); axis--) {
      const unsigned int next = rest / (unsigned int) w.extent(axis);
      const unsigned int index = rest - next * (unsigned int) w.extent(axis);
      rest = next;
      at.p0 += index * w.stride(w.p0, axis);
      at.out0 += index * w.stride(w.out0, axis);
      at.out1 += index * w.stride(w.out1, axis);
    }
    at.p0 += rest * w.stride(w.p0, w.rank());
    at.out0 += rest * w.stride(w.out0, w.rank());
    at.out1 += rest * w.stride(w.out1, w.rank());
    return at;
  }

  static __device__ __forceinline__ void read(
      const Words &w, const Cell &cell, const Cell &at, Random &random,
      Elements &elements) {
    elements.p0 = weft_load<int>(w.base(w.p0) + cell.p0 + at.p0);
  }

  // Takes an element into a lane, as its first or a later one.
  static __device__ __forceinline__ void sums(
      const Words &w, const Cell &cell, const Cell &at, const Elements &elements,
      bool fresh, Sums &lane) {
    bool x0;
    bool x1;
    greater_sum_element(
        w,
        elements.p0,
        x0,
        x1);
    weft_store<bool>(w.base(w.out0) + cell.out0 + at.out0, x0);
    if (fresh) lane.r1.first((long long) x1, 0); else lane.r1.next((long long) x1, 0);
  }

  static __device__ __forceinline__ void result(
      const Sums &sums, const Squares &squares, int n, Result &result) {
    result.r1 = sums.r1;
  }

  static __device__ __forceinline__ void write(
      const Words &w, const Cell &cell, const Result &result) {
    weft_put(result.r1, w.base(w.out1) + cell.out1, 0);
  }

  static __device__ __forceinline__ void save(
      const Words &w, long long place, const Result &result) {
    const long long step = 8 * w.size() * w.blocks();
    weft_put(result.r1, w.scratch() + 8 * place + 0 * step, step);
  }

  static __device__ __forceinline__ void load(
      const Words &w, long long place, Result &result) {
    const long long step = 8 * w.size() * w.blocks();
    weft_get(result.r1, w.scratch() + 8 * place + 0 * step, step);
  }
};

extern "C" __global__ void __launch_bounds__(256, 1) greater_sum_reduce64(
    const __grid_constant__ weft_launch words) {
  const greater_sum_words w(words);
  weft_reduce<greater_sum_code, weft_direct<greater_sum_code>, 64, 256, false>(w);
}

extern "C" __global__ void __launch_bounds__(256, 1) greater_sum_columns32(
    const __grid_constant__ weft_launch words) {
  const greater_sum_words w(words);
  weft_reduce<greater_sum_code, weft_direct<greater_sum_code>, 8, 256, true>(w);
}

extern "C" __global__ void __launch_bounds__(512, 1) greater_sum_columns16(
    const __grid_constant__ weft_launch words) {
  const greater_sum_words w(words);
  weft_reduce<greater_sum_code, weft_direct<greater_sum_code>, 32, 512, true>(w);
}

extern "C" __global__ void __launch_bounds__(256, 1) greater_sum_reduce1(
    const __grid_constant__ weft_launch words) {
  const greater_sum_words w(words);
  weft_reduce<greater_sum_code, weft_direct<greater_sum_code>, 1, 256, false>(w);
}

extern "C" __global__ void __launch_bounds__(256, 1) greater_sum_join256(
    const __grid_constant__ weft_launch words) {
  const greater_sum_words w(words);
  weft_join<greater_sum_code, 256, 256>(w);
}

extern "C" __global__ void __launch_bounds__(256, 1) greater_sum_join1(
    const __grid_constant__ weft_launch words) {
  const greater_sum_words w(words);
  weft_join<greater_sum_code, 1, 256>(w);
}
