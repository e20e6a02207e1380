// ===== square_argmax =====
//
// %0: float32 = load p0
// %1: float32 = square %0
// argmax %1 -> partials0

struct square_argmax_words : weft_reduce_chunk<0, 1, 3> {
  enum { p0, out0, position };
  __device__ __forceinline__ explicit square_argmax_words(const weft_launch &all)
      : weft_reduce_chunk(all) {}
};

__device__ __forceinline__ void square_argmax_element(
    const square_argmax_words &w, float p0, float &x0) {
  const float v0 = p0;
  float v1; { const float a = v0; v1 = (float) (a * a); }  // square
  x0 = v1;
}

struct square_argmax_code {
  typedef square_argmax_words Words;
  static const bool MOMENTS = false;
  static const int LOADS = 8, LANES = 4;

  // Bytes from an operand's first element; numbers of elements where they are computed.
  struct Cell {
    long long p0, out0, position;
  };

  // What an element is computed of.
  struct Elements {
    float p0;
  };

  // What is kept from one random number to the next.
  struct Random {
  };

  struct Sums {
    weft_arg<true, double> r0;
    __device__ __forceinline__ void join(const Sums &right) {
      r0.join(right.r0);
    }
  };

  struct Squares {
    __device__ __forceinline__ void join(const Squares &) {
    }
  };

  struct Result {
    weft_arg<true, double> r0;
    __device__ __forceinline__ void join(const Result &right) {
      r0.join(right.r0);
    }
    __device__ __forceinline__ void empty() {
      r0.empty();
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
      at.position += index * w.stride(w.position, axis);
    }
    at.p0 += rest * w.stride(w.p0, 0);
    at.out0 += rest * w.stride(w.out0, 0);
    at.position += rest * w.stride(w.position, 0);
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
      at.position += index * w.stride(w.position, axis);
    }
    at.p0 += rest * w.stride(w.p0, w.rank());
    at.out0 += rest * w.stride(w.out0, w.rank());
    at.position += rest * w.stride(w.position, w.rank());
    return at;
  }

  static __device__ __forceinline__ void read(
      const Words &w, const Cell &cell, const Cell &at, Random &random,
      Elements &elements) {
    elements.p0 = weft_load<float>(w.base(w.p0) + cell.p0 + at.p0);
  }

  // Takes an element into a lane, as its first or a later one.
  static __device__ __forceinline__ void sums(
      const Words &w, const Cell &cell, const Cell &at, const Elements &elements,
      bool fresh, Sums &lane) {
    float x0;
    square_argmax_element(
        w,
        elements.p0,
        x0);
    if (fresh) lane.r0.first((double) x0, w.base(w.position) + cell.position + at.position); else lane.r0.next((double) x0, w.base(w.position) + cell.position + at.position);
  }

  static __device__ __forceinline__ void result(
      const Sums &sums, const Squares &squares, int n, Result &result) {
    result.r0 = sums.r0;
  }

  static __device__ __forceinline__ void write(
      const Words &w, const Cell &cell, const Result &result) {
    weft_put(result.r0, w.base(w.out0) + cell.out0, w.plane_bytes(0));
  }

  static __device__ __forceinline__ void save(
      const Words &w, long long place, const Result &result) {
    const long long step = 8 * w.size() * w.blocks();
    weft_put(result.r0, w.scratch() + 8 * place + 0 * step, step);
  }

  static __device__ __forceinline__ void load(
      const Words &w, long long place, Result &result) {
    const long long step = 8 * w.size() * w.blocks();
    weft_get(result.r0, w.scratch() + 8 * place + 0 * step, step);
  }
};

extern "C" __global__ void __launch_bounds__(256, 1) square_argmax_reduce64(
    const __grid_constant__ weft_launch words) {
  const square_argmax_words w(words);
  weft_reduce<square_argmax_code, weft_direct<square_argmax_code>, 64, 256, false>(w);
}

extern "C" __global__ void __launch_bounds__(256, 1) square_argmax_columns32(
    const __grid_constant__ weft_launch words) {
  const square_argmax_words w(words);
  weft_reduce<square_argmax_code, weft_direct<square_argmax_code>, 8, 256, true>(w);
}

extern "C" __global__ void __launch_bounds__(512, 1) square_argmax_columns16(
    const __grid_constant__ weft_launch words) {
  const square_argmax_words w(words);
  weft_reduce<square_argmax_code, weft_direct<square_argmax_code>, 32, 512, true>(w);
}

extern "C" __global__ void __launch_bounds__(256, 1) square_argmax_reduce1(
    const __grid_constant__ weft_launch words) {
  const square_argmax_words w(words);
  weft_reduce<square_argmax_code, weft_direct<square_argmax_code>, 1, 256, false>(w);
}

extern "C" __global__ void __launch_bounds__(256, 1) square_argmax_join256(
    const __grid_constant__ weft_launch words) {
  const square_argmax_words w(words);
  weft_join<square_argmax_code, 256, 256>(w);
}

extern "C" __global__ void __launch_bounds__(256, 1) square_argmax_join1(
    const __grid_constant__ weft_launch words) {
  const square_argmax_words w(words);
  weft_join<square_argmax_code, 1, 256>(w);
}
