// ===== add_equal =====
//
// %0: int32 = load p0
// %1: int32 = load p1
// %2: int32 = add %0, %1
// %3: bool = equal %0, %1
// %4: int64 = convert %2
// store %2 -> out0
// store %3 -> out1
// store %4 -> out2

struct add_equal_words : weft_map_chunk<0, 5> {
  enum { p0, p1, out0, out1, out2 };
  __device__ __forceinline__ explicit add_equal_words(const weft_launch &all)
      : weft_map_chunk(all) {}
};

__device__ __forceinline__ void add_equal_element(
    const add_equal_words &w, int p0, int p1, int &x0, bool &x1, long long &x2) {
  const int v0 = p0;
  const int v1 = p1;
  int v2; { const long long a = v0; const long long b = v1; v2 = (int) ((unsigned long long) a + b); }  // add
  bool v3; { const long long a = v0; const long long b = v1; v3 = (bool) (a == b); }  // equal
  const long long v4 = (long long) v2;
  x0 = v2;
  x1 = v3;
  x2 = v4;
}

extern "C" __global__ void __launch_bounds__(256, 1) add_equal_dense(
    const __grid_constant__ weft_launch words) {
  const add_equal_words w(words);
  const long long step = (long long) gridDim.x * blockDim.x;
  const long long thread = (long long) blockIdx.x * blockDim.x + threadIdx.x;
  const long long packs = w.size() / 8;
  for (long long pack = thread; pack < packs; pack += step) {
    const long long i = pack * 8;
    const weft_pack<int, 8> p0 = weft_load_pack<int, 8>(w.base(w.p0), w.stride(w.p0, 0), i);
    const weft_pack<int, 8> p1 = weft_load_pack<int, 8>(w.base(w.p1), w.stride(w.p1, 0), i);
    weft_pack<int, 8> out0;
    weft_pack<unsigned char, 8> out1;
    weft_pack<long long, 8> out2;
#pragma unroll
    for (int k = 0; k < 8; k++) {
      int x0;
      bool x1;
      long long x2;
      add_equal_element(
          w,
          p0.at[k],
          p1.at[k],
          x0,
          x1,
          x2);
      out0.at[k] = x0;
      out1.at[k] = x1;
      out2.at[k] = x2;
    }
    weft_store_pack(w.base(w.out0), i, out0);
    weft_store_pack(w.base(w.out1), i, out1);
    weft_store_pack(w.base(w.out2), i, out2);
  }
  for (long long i = packs * 8 + thread; i < w.size(); i += step) {
    int x0;
    bool x1;
    long long x2;
    add_equal_element(
        w,
        weft_load<int>(w.base(w.p0) + i * w.stride(w.p0, 0)),
        weft_load<int>(w.base(w.p1) + i * w.stride(w.p1, 0)),
        x0,
        x1,
        x2);
    weft_store<int>(w.base(w.out0) + i * w.stride(w.out0, 0), x0);
    weft_store<bool>(w.base(w.out1) + i * w.stride(w.out1, 0), x1);
    weft_store<long long>(w.base(w.out2) + i * w.stride(w.out2, 0), x2);
  }
}

template <typename I>
__device__ __forceinline__ void add_equal_strided(const add_equal_words &w) {
  const I size = (I) w.size();
  const I step = (I) gridDim.x * (I) blockDim.x;
  for (I i = (I) blockIdx.x * (I) blockDim.x + (I) threadIdx.x; i < size; i += step) {
    I rest = i;
    I p0_at = 0;
    I p1_at = 0;
    I out0_at = 0;
    I out1_at = 0;
    I out2_at = 0;
    for (int axis = w.rank() - 1; axis > 0; axis--) {
      const I next = rest / (I) w.extent(axis);
      const I at = rest - next * (I) w.extent(axis);
      rest = next;
      p0_at += at * (I) w.stride(w.p0, axis);
      p1_at += at * (I) w.stride(w.p1, axis);
      out0_at += at * (I) w.stride(w.out0, axis);
      out1_at += at * (I) w.stride(w.out1, axis);
      out2_at += at * (I) w.stride(w.out2, axis);
    }
    p0_at += rest * (I) w.stride(w.p0, 0);
    p1_at += rest * (I) w.stride(w.p1, 0);
    out0_at += rest * (I) w.stride(w.out0, 0);
    out1_at += rest * (I) w.stride(w.out1, 0);
    out2_at += rest * (I) w.stride(w.out2, 0);
    int x0;
    bool x1;
    long long x2;
    add_equal_element(
        w,
        weft_load<int>(w.base(w.p0) + p0_at),
        weft_load<int>(w.base(w.p1) + p1_at),
        x0,
        x1,
        x2);
    weft_store<int>(w.base(w.out0) + out0_at, x0);
    weft_store<bool>(w.base(w.out1) + out1_at, x1);
    weft_store<long long>(w.base(w.out2) + out2_at, x2);
  }
}

extern "C" __global__ void __launch_bounds__(256, 1) add_equal_strided32(
    const __grid_constant__ weft_launch words) {
  const add_equal_words w(words);
  add_equal_strided<int>(w);
}

extern "C" __global__ void __launch_bounds__(256, 1) add_equal_strided64(
    const __grid_constant__ weft_launch words) {
  const add_equal_words w(words);
  add_equal_strided<long long>(w);
}
