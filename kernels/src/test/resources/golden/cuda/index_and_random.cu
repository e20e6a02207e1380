// ===== add_multiply =====
//
// %0: int64 = load index p0
// %1: float64 = convert %0
// %2: float64 = load random normal p1
// %3: float32 = load random uniform p2
// %4: float64 = convert %3
// %5: float64 = add %1, %2
// %6: float64 = multiply %5, %4
// store %6 -> out0

struct add_multiply_words : weft_map_chunk<4, 4> {
  enum { p0, p1, p2, out0 };
  __device__ __forceinline__ explicit add_multiply_words(const weft_launch &all)
      : weft_map_chunk(all) {}
};

__device__ __forceinline__ void add_multiply_element(
    const add_multiply_words &w, long long p0, double p1, float p2, double &x0) {
  const long long v0 = p0;
  const double v1 = (double) v0;
  const double v2 = p1;
  const float v3 = p2;
  const double v4 = (double) v3;
  double v5; { const double a = v1; const double b = v2; v5 = (double) (a + b); }  // add
  double v6; { const double a = v5; const double b = v4; v6 = (double) (a * b); }  // multiply
  x0 = v6;
}

extern "C" __global__ void __launch_bounds__(256, 1) add_multiply_dense(
    const __grid_constant__ weft_launch words) {
  const add_multiply_words w(words);
  const long long step = (long long) gridDim.x * blockDim.x;
  const long long thread = (long long) blockIdx.x * blockDim.x + threadIdx.x;
  const long long packs = w.size() / 2;
  for (long long pack = thread; pack < packs; pack += step) {
    const long long i = pack * 2;
    weft_pack<double, 2> out0;
#pragma unroll
    for (int k = 0; k < 2; k++) {
      double x0;
      add_multiply_element(
          w,
          w.base(w.p0) + (i + k) * w.stride(w.p0, 0),
          weft_normal_float64(w.shared(0), w.shared(1), w.base(w.p1) + (i + k) * w.stride(w.p1, 0)),
          weft_uniform_float32(w.shared(2), w.shared(3), w.base(w.p2) + (i + k) * w.stride(w.p2, 0)),
          x0);
      out0.at[k] = x0;
    }
    weft_store_pack(w.base(w.out0), i, out0);
  }
  for (long long i = packs * 2 + thread; i < w.size(); i += step) {
    double x0;
    add_multiply_element(
        w,
        w.base(w.p0) + i * w.stride(w.p0, 0),
        weft_normal_float64(w.shared(0), w.shared(1), w.base(w.p1) + i * w.stride(w.p1, 0)),
        weft_uniform_float32(w.shared(2), w.shared(3), w.base(w.p2) + i * w.stride(w.p2, 0)),
        x0);
    weft_store<double>(w.base(w.out0) + i * w.stride(w.out0, 0), x0);
  }
}

template <typename I>
__device__ __forceinline__ void add_multiply_strided(const add_multiply_words &w) {
  const I size = (I) w.size();
  const I step = (I) gridDim.x * (I) blockDim.x;
  for (I i = (I) blockIdx.x * (I) blockDim.x + (I) threadIdx.x; i < size; i += step) {
    I rest = i;
    I p0_at = 0;
    I p1_at = 0;
    I p2_at = 0;
    I out0_at = 0;
    for (int axis = w.rank() - 1; axis > 0; axis--) {
      const I next = rest / (I) w.extent(axis);
      const I at = rest - next * (I) w.extent(axis);
      rest = next;
      p0_at += at * (I) w.stride(w.p0, axis);
      p1_at += at * (I) w.stride(w.p1, axis);
      p2_at += at * (I) w.stride(w.p2, axis);
      out0_at += at * (I) w.stride(w.out0, axis);
    }
    p0_at += rest * (I) w.stride(w.p0, 0);
    p1_at += rest * (I) w.stride(w.p1, 0);
    p2_at += rest * (I) w.stride(w.p2, 0);
    out0_at += rest * (I) w.stride(w.out0, 0);
    double x0;
    add_multiply_element(
        w,
        w.base(w.p0) + p0_at,
        weft_normal_float64(w.shared(0), w.shared(1), w.base(w.p1) + p1_at),
        weft_uniform_float32(w.shared(2), w.shared(3), w.base(w.p2) + p2_at),
        x0);
    weft_store<double>(w.base(w.out0) + out0_at, x0);
  }
}

extern "C" __global__ void __launch_bounds__(256, 1) add_multiply_strided32(
    const __grid_constant__ weft_launch words) {
  const add_multiply_words w(words);
  add_multiply_strided<int>(w);
}

extern "C" __global__ void __launch_bounds__(256, 1) add_multiply_strided64(
    const __grid_constant__ weft_launch words) {
  const add_multiply_words w(words);
  add_multiply_strided<long long>(w);
}
