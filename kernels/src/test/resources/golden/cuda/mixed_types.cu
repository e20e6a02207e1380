// ===== less_where =====
//
// %0: int8 = load p0
// %1: float64 = load p1
// %2: int32 = convert %0
// %3: int32 = load p2
// %4: bool = less %2, %3
// %5: float64 = convert %0
// %6: float64 = where %4, %1, %5
// %7: uint32 = convert %6
// store %7 -> out0

struct less_where_words : weft_map_chunk<0, 4> {
  enum { p0, p1, p2, out0 };
  __device__ __forceinline__ explicit less_where_words(const weft_launch &all)
      : weft_map_chunk(all) {}
};

__device__ __forceinline__ void less_where_element(
    const less_where_words &w, signed char p0, double p1, int p2, unsigned int &x0) {
  const signed char v0 = p0;
  const double v1 = p1;
  const int v2 = (int) v0;
  const int v3 = p2;
  bool v4; { const long long a = v2; const long long b = v3; v4 = (bool) (a < b); }  // less
  const double v5 = (double) v0;
  double v6; { const bool a = v4; const double b = v1; const double c = v5; v6 = (double) (a ? b : c); }  // where
  const unsigned int v7 = (unsigned int) weft_to_long(v6);
  x0 = v7;
}

extern "C" __global__ void __launch_bounds__(256, 1) less_where_dense(
    const __grid_constant__ weft_launch words) {
  const less_where_words w(words);
  const long long step = (long long) gridDim.x * blockDim.x;
  const long long thread = (long long) blockIdx.x * blockDim.x + threadIdx.x;
  const long long packs = w.size() / 8;
  for (long long pack = thread; pack < packs; pack += step) {
    const long long i = pack * 8;
    const weft_pack<signed char, 8> p0 = weft_load_pack<signed char, 8>(w.base(w.p0), w.stride(w.p0, 0), i);
    const weft_pack<double, 8> p1 = weft_load_pack<double, 8>(w.base(w.p1), w.stride(w.p1, 0), i);
    const weft_pack<int, 8> p2 = weft_load_pack<int, 8>(w.base(w.p2), w.stride(w.p2, 0), i);
    weft_pack<unsigned int, 8> out0;
#pragma unroll
    for (int k = 0; k < 8; k++) {
      unsigned int x0;
      less_where_element(
          w,
          p0.at[k],
          p1.at[k],
          p2.at[k],
          x0);
      out0.at[k] = x0;
    }
    weft_store_pack(w.base(w.out0), i, out0);
  }
  for (long long i = packs * 8 + thread; i < w.size(); i += step) {
    unsigned int x0;
    less_where_element(
        w,
        weft_load<signed char>(w.base(w.p0) + i * w.stride(w.p0, 0)),
        weft_load<double>(w.base(w.p1) + i * w.stride(w.p1, 0)),
        weft_load<int>(w.base(w.p2) + i * w.stride(w.p2, 0)),
        x0);
    weft_store<unsigned int>(w.base(w.out0) + i * w.stride(w.out0, 0), x0);
  }
}

template <typename I>
__device__ __forceinline__ void less_where_strided(const less_where_words &w) {
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
    unsigned int x0;
    less_where_element(
        w,
        weft_load<signed char>(w.base(w.p0) + p0_at),
        weft_load<double>(w.base(w.p1) + p1_at),
        weft_load<int>(w.base(w.p2) + p2_at),
        x0);
    weft_store<unsigned int>(w.base(w.out0) + out0_at, x0);
  }
}

extern "C" __global__ void __launch_bounds__(256, 1) less_where_strided32(
    const __grid_constant__ weft_launch words) {
  const less_where_words w(words);
  less_where_strided<int>(w);
}

extern "C" __global__ void __launch_bounds__(256, 1) less_where_strided64(
    const __grid_constant__ weft_launch words) {
  const less_where_words w(words);
  less_where_strided<long long>(w);
}

extern "C" __global__ void __launch_bounds__(256, 1) less_where_tiled(
    const __grid_constant__ weft_launch words) {
  const less_where_words w(words);
  // Outputs lie in runs along axis j, operands that are turned along axis i.
  const int TILE = 32, ROWS = 8, LOADS = TILE / ROWS;
  const int i = w.rank() - 2, j = w.rank() - 1;
  // One column more than needed, so that a column of the tile meets all banks.
  __shared__ signed char p0_tile[TILE][TILE + 1];
  __shared__ double p1_tile[TILE][TILE + 1];
  __shared__ int p2_tile[TILE][TILE + 1];
  const bool p0_turned = w.turned(w.p0);
  const bool p1_turned = w.turned(w.p1);
  const bool p2_turned = w.turned(w.p2);
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
    long long p2_at = 0;
    long long out0_at = 0;
    for (int axis = i - 1; axis >= 0; axis--) {
      const long long next = rest / w.extent(axis);
      const long long at = rest - next * w.extent(axis);
      rest = next;
      p0_at += at * w.stride(w.p0, axis);
      p1_at += at * w.stride(w.p1, axis);
      p2_at += at * w.stride(w.p2, axis);
      out0_at += at * w.stride(w.out0, axis);
    }
    signed char p0_read[LOADS];
    double p1_read[LOADS];
    int p2_read[LOADS];
#pragma unroll
    for (int k = 0; k < LOADS; k++) {
      const int row = p0_turned ? x : y + k * ROWS, column = p0_turned ? y + k * ROWS : x;
      if (top + row < w.extent(i) && left + column < w.extent(j)) {
        p0_read[k] = weft_load<signed char>(
            w.base(w.p0) + p0_at + (top + row) * w.stride(w.p0, i)
            + (left + column) * w.stride(w.p0, j));
      }
    }
#pragma unroll
    for (int k = 0; k < LOADS; k++) {
      const int row = p1_turned ? x : y + k * ROWS, column = p1_turned ? y + k * ROWS : x;
      if (top + row < w.extent(i) && left + column < w.extent(j)) {
        p1_read[k] = weft_load<double>(
            w.base(w.p1) + p1_at + (top + row) * w.stride(w.p1, i)
            + (left + column) * w.stride(w.p1, j));
      }
    }
#pragma unroll
    for (int k = 0; k < LOADS; k++) {
      const int row = p2_turned ? x : y + k * ROWS, column = p2_turned ? y + k * ROWS : x;
      if (top + row < w.extent(i) && left + column < w.extent(j)) {
        p2_read[k] = weft_load<int>(
            w.base(w.p2) + p2_at + (top + row) * w.stride(w.p2, i)
            + (left + column) * w.stride(w.p2, j));
      }
    }
#pragma unroll
    for (int k = 0; k < LOADS; k++) p0_tile[y + k * ROWS][x] = p0_read[k];
#pragma unroll
    for (int k = 0; k < LOADS; k++) p1_tile[y + k * ROWS][x] = p1_read[k];
#pragma unroll
    for (int k = 0; k < LOADS; k++) p2_tile[y + k * ROWS][x] = p2_read[k];
    __syncthreads();
    for (int row = y; row < TILE; row += ROWS) {
      if (top + row < w.extent(i) && left + x < w.extent(j)) {
        unsigned int x0;
        less_where_element(
            w,
            p0_turned ? p0_tile[x][row] : p0_tile[row][x],
            p1_turned ? p1_tile[x][row] : p1_tile[row][x],
            p2_turned ? p2_tile[x][row] : p2_tile[row][x],
            x0);
        weft_store<unsigned int>(w.base(w.out0) + out0_at + (top + row) * w.stride(w.out0, i) + (left + x) * w.stride(w.out0, j), x0);
      }
    }
    __syncthreads();
  }
}
