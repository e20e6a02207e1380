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

struct add_equal_words {
  long long size;
  long long rank, extents[12];
  struct { long long base, strides[12]; } p0, p1, out0, out1, out2;
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
    const __grid_constant__ add_equal_words w) {
  const long long step = (long long) gridDim.x * blockDim.x;
  const long long thread = (long long) blockIdx.x * blockDim.x + threadIdx.x;
  const long long packs = w.size / 8;
  for (long long pack = thread; pack < packs; pack += step) {
    const long long i = pack * 8;
    const weft_pack<int, 8> p0 = weft_load_pack<int, 8>(w.p0.base, w.p0.strides[0], i);
    const weft_pack<int, 8> p1 = weft_load_pack<int, 8>(w.p1.base, w.p1.strides[0], i);
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
    weft_store_pack(w.out0.base, i, out0);
    weft_store_pack(w.out1.base, i, out1);
    weft_store_pack(w.out2.base, i, out2);
  }
  for (long long i = packs * 8 + thread; i < w.size; i += step) {
    int x0;
    bool x1;
    long long x2;
    add_equal_element(
        w,
        weft_load<int>(w.p0.base + i * w.p0.strides[0]),
        weft_load<int>(w.p1.base + i * w.p1.strides[0]),
        x0,
        x1,
        x2);
    weft_store<int>(w.out0.base + i * w.out0.strides[0], x0);
    weft_store<bool>(w.out1.base + i * w.out1.strides[0], x1);
    weft_store<long long>(w.out2.base + i * w.out2.strides[0], x2);
  }
}

template <typename I>
__device__ __forceinline__ void add_equal_strided(const add_equal_words &w) {
  const I size = (I) w.size;
  const I step = (I) gridDim.x * (I) blockDim.x;
  for (I i = (I) blockIdx.x * (I) blockDim.x + (I) threadIdx.x; i < size; i += step) {
    I rest = i;
    I p0_at = 0;
    I p1_at = 0;
    I out0_at = 0;
    I out1_at = 0;
    I out2_at = 0;
    for (int axis = (int) w.rank - 1; axis > 0; axis--) {
      const I next = rest / (I) w.extents[axis];
      const I at = rest - next * (I) w.extents[axis];
      rest = next;
      p0_at += at * (I) w.p0.strides[axis];
      p1_at += at * (I) w.p1.strides[axis];
      out0_at += at * (I) w.out0.strides[axis];
      out1_at += at * (I) w.out1.strides[axis];
      out2_at += at * (I) w.out2.strides[axis];
    }
    p0_at += rest * (I) w.p0.strides[0];
    p1_at += rest * (I) w.p1.strides[0];
    out0_at += rest * (I) w.out0.strides[0];
    out1_at += rest * (I) w.out1.strides[0];
    out2_at += rest * (I) w.out2.strides[0];
    int x0;
    bool x1;
    long long x2;
    add_equal_element(
        w,
        weft_load<int>(w.p0.base + p0_at),
        weft_load<int>(w.p1.base + p1_at),
        x0,
        x1,
        x2);
    weft_store<int>(w.out0.base + out0_at, x0);
    weft_store<bool>(w.out1.base + out1_at, x1);
    weft_store<long long>(w.out2.base + out2_at, x2);
  }
}

extern "C" __global__ void __launch_bounds__(256, 1) add_equal_strided32(
    const __grid_constant__ add_equal_words w) {
  add_equal_strided<int>(w);
}

extern "C" __global__ void __launch_bounds__(256, 1) add_equal_strided64(
    const __grid_constant__ add_equal_words w) {
  add_equal_strided<long long>(w);
}
