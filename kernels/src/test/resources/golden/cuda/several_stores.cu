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

extern "C" __global__ void __launch_bounds__(256, 1) add_equal_tiled(
    const __grid_constant__ weft_launch words) {
  const add_equal_words w(words);
  // Outputs lie in runs along axis j, operands that are turned along axis i.
  const int TILE = 32, ROWS = 8, LOADS = TILE / ROWS;
  const int i = w.rank() - 2, j = w.rank() - 1;
  // One column more than needed, so that a column of the tile meets all banks.
  __shared__ int p0_tile[TILE][TILE + 1];
  __shared__ int p1_tile[TILE][TILE + 1];
  const bool p0_turned = w.turned(w.p0);
  const bool p1_turned = w.turned(w.p1);
  const long long down = (w.extent(i) + TILE - 1) / TILE;
  const long long across = (w.extent(j) + TILE - 1) / TILE;
  const long long tiles = w.size() / (w.extent(i) * w.extent(j)) * (down * across);
  const int x = threadIdx.x % TILE, y = threadIdx.x / TILE;
  for (long long t = blockIdx.x; t < tiles; t += gridDim.x) {
    long long rest = t / (down * across);
    const long long place = t - rest * (down * across);
    const long long top = place / across * TILE, left = place % across * TILE;
    long long p0_at = 0;
    long long p1_at = 0;
    long long out0_at = 0;
    long long out1_at = 0;
    long long out2_at = 0;
    for (int axis = i - 1; axis >= 0; axis--) {
      const long long next = rest / w.extent(axis);
      const long long at = rest - next * w.extent(axis);
      rest = next;
      p0_at += at * w.stride(w.p0, axis);
      p1_at += at * w.stride(w.p1, axis);
      out0_at += at * w.stride(w.out0, axis);
      out1_at += at * w.stride(w.out1, axis);
      out2_at += at * w.stride(w.out2, axis);
    }
    int p0_read[LOADS];
    int p1_read[LOADS];
#pragma unroll
    for (int k = 0; k < LOADS; k++) {
      const int row = p0_turned ? x : y + k * ROWS, column = p0_turned ? y + k * ROWS : x;
      if (top + row < w.extent(i) && left + column < w.extent(j)) {
        p0_read[k] = weft_load<int>(
            w.base(w.p0) + p0_at + (top + row) * w.stride(w.p0, i)
            + (left + column) * w.stride(w.p0, j));
      }
    }
#pragma unroll
    for (int k = 0; k < LOADS; k++) {
      const int row = p1_turned ? x : y + k * ROWS, column = p1_turned ? y + k * ROWS : x;
      if (top + row < w.extent(i) && left + column < w.extent(j)) {
        p1_read[k] = weft_load<int>(
            w.base(w.p1) + p1_at + (top + row) * w.stride(w.p1, i)
            + (left + column) * w.stride(w.p1, j));
      }
    }
#pragma unroll
    for (int k = 0; k < LOADS; k++) p0_tile[y + k * ROWS][x] = p0_read[k];
#pragma unroll
    for (int k = 0; k < LOADS; k++) p1_tile[y + k * ROWS][x] = p1_read[k];
    __syncthreads();
    for (int row = y; row < TILE; row += ROWS) {
      if (top + row < w.extent(i) && left + x < w.extent(j)) {
        int x0;
        bool x1;
        long long x2;
        add_equal_element(
            w,
            p0_turned ? p0_tile[x][row] : p0_tile[row][x],
            p1_turned ? p1_tile[x][row] : p1_tile[row][x],
            x0,
            x1,
            x2);
        weft_store<int>(w.base(w.out0) + out0_at + (top + row) * w.stride(w.out0, i) + (left + x) * w.stride(w.out0, j), x0);
        weft_store<bool>(w.base(w.out1) + out1_at + (top + row) * w.stride(w.out1, i) + (left + x) * w.stride(w.out1, j), x1);
        weft_store<long long>(w.base(w.out2) + out2_at + (top + row) * w.stride(w.out2, i) + (left + x) * w.stride(w.out2, j), x2);
      }
    }
    __syncthreads();
  }
}
