// ===== sum_moments =====
//
// %0: float64 = load p0
// sum %0 -> partials0
// moments %0 -> partials1

struct sum_moments_words : weft_reduce_chunk<0, 1, 3> {
  enum { p0, out0, out1 };
  __device__ __forceinline__ explicit sum_moments_words(const weft_launch &all)
      : weft_reduce_chunk(all) {}
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
  static const int LOADS = 8, LANES = 4;

  // Bytes from an operand's first element; numbers of elements where they are computed.
  struct Cell {
    long long p0, out0, out1;
  };

  // What an element is computed of.
  struct Elements {
    double p0;
  };

  // What is kept from one random number to the next.
  struct Random {
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
    elements.p0 = weft_load<double>(w.base(w.p0) + cell.p0 + at.p0);
  }

  // Takes an element into a lane, as its first or a later one.
  static __device__ __forceinline__ void sums(
      const Words &w, const Cell &cell, const Cell &at, const Elements &elements,
      bool fresh, Sums &lane) {
    double x0;
    double x1;
    sum_moments_element(
        w,
        elements.p0,
        x0,
        x1);
    if (fresh) lane.r0.first((double) x0, 0); else lane.r0.next((double) x0, 0);
    if (fresh) lane.r1.first((double) x1, 0); else lane.r1.next((double) x1, 0);
  }

  // The second pass: squares of the distances from the means.
  static __device__ __forceinline__ void squares(
      const Words &w, const Elements &elements, const Sums &means, bool fresh,
      Squares &lane) {
    double x0;
    double x1;
    sum_moments_element(
        w,
        elements.p0,
        x0,
        x1);
    const double d1 = (double) x1 - means.r1.value;
    if (fresh) lane.r1.first(d1 * d1, 0); else lane.r1.next(d1 * d1, 0);
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
    weft_put(result.r0, w.base(w.out0) + cell.out0, 0);
    weft_put(result.r1, w.base(w.out1) + cell.out1, w.plane_bytes(0));
  }

  static __device__ __forceinline__ void save(
      const Words &w, long long place, const Result &result) {
    const long long step = 8 * w.size() * w.blocks();
    weft_put(result.r0, w.scratch() + 8 * place + 0 * step, step);
    weft_put(result.r1, w.scratch() + 8 * place + 1 * step, step);
  }

  static __device__ __forceinline__ void load(
      const Words &w, long long place, Result &result) {
    const long long step = 8 * w.size() * w.blocks();
    weft_get(result.r0, w.scratch() + 8 * place + 0 * step, step);
    weft_get(result.r1, w.scratch() + 8 * place + 1 * step, step);
  }
};

extern "C" __global__ void __launch_bounds__(256, 1) sum_moments_reduce64(
    const __grid_constant__ weft_launch words) {
  const sum_moments_words w(words);
  weft_reduce<sum_moments_code, weft_direct<sum_moments_code>, 64, 256, false>(w);
}

extern "C" __global__ void __launch_bounds__(256, 1) sum_moments_columns32(
    const __grid_constant__ weft_launch words) {
  const sum_moments_words w(words);
  weft_reduce<sum_moments_code, weft_direct<sum_moments_code>, 8, 256, true>(w);
}

extern "C" __global__ void __launch_bounds__(512, 1) sum_moments_columns16(
    const __grid_constant__ weft_launch words) {
  const sum_moments_words w(words);
  weft_reduce<sum_moments_code, weft_direct<sum_moments_code>, 32, 512, true>(w);
}

extern "C" __global__ void __launch_bounds__(256, 1) sum_moments_reduce1(
    const __grid_constant__ weft_launch words) {
  const sum_moments_words w(words);
  weft_reduce<sum_moments_code, weft_direct<sum_moments_code>, 1, 256, false>(w);
}

extern "C" __global__ void __launch_bounds__(256, 1) sum_moments_join256(
    const __grid_constant__ weft_launch words) {
  const sum_moments_words w(words);
  weft_join<sum_moments_code, 256, 256>(w);
}

extern "C" __global__ void __launch_bounds__(256, 1) sum_moments_join1(
    const __grid_constant__ weft_launch words) {
  const sum_moments_words w(words);
  weft_join<sum_moments_code, 1, 256>(w);
}
