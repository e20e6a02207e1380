// ===== multiply_sqrt_exp_sin_add =====
//
// %0: float32 = load p0
// %1: float32 = scalar s0
// %2: float32 = multiply %0, %1
// %3: float32 = sqrt %2
// %4: float32 = exp %3
// %5: float32 = sin %2
// %6: float32 = add %4, %5
// store %6 -> out0

struct multiply_sqrt_exp_sin_add_words : weft_map_chunk<1, 2> {
  enum { p0, out0 };
  __device__ __forceinline__ explicit multiply_sqrt_exp_sin_add_words(const weft_launch &all)
      : weft_map_chunk(all) {}
};

__device__ __forceinline__ void multiply_sqrt_exp_sin_add_element(
    const multiply_sqrt_exp_sin_add_words &w, float p0, float &x0) {
  const float v0 = p0;
  const float v1 = (float) __longlong_as_double(w.shared(0));
  float v2; { const float a = v0; const float b = v1; v2 = (float) (a * b); }  // multiply
  float v3; { const float a = v2; v3 = (float) (sqrt(a)); }  // sqrt
  float v4; { const double a = v3; v4 = (float) (exp(a)); }  // exp
  float v5; { const double a = v2; v5 = (float) (sin(a)); }  // sin
  float v6; { const float a = v4; const float b = v5; v6 = (float) (a + b); }  // add
  x0 = v6;
}

extern "C" __global__ void __launch_bounds__(256, 1) multiply_sqrt_exp_sin_add_dense(
    const __grid_constant__ weft_launch words) {
  const multiply_sqrt_exp_sin_add_words w(words);
  const long long step = (long long) gridDim.x * blockDim.x;
  const long long thread = (long long) blockIdx.x * blockDim.x + threadIdx.x;
  const long long packs = w.size() / 4;
  for (long long pack = thread; pack < packs; pack += step) {
    const long long i = pack * 4;
    const weft_pack<float, 4> p0 = weft_load_pack<float, 4>(w.base(w.p0), w.stride(w.p0, 0), i);
    weft_pack<float, 4> out0;
#pragma unroll
    for (int k = 0; k < 4; k++) {
      float x0;
      multiply_sqrt_exp_sin_add_element(
          w,
          p0.at[k],
          x0);
      out0.at[k] = x0;
    }
    weft_store_pack(w.base(w.out0), i, out0);
  }
  for (long long i = packs * 4 + thread; i < w.size(); i += step) {
    float x0;
    multiply_sqrt_exp_sin_add_element(
        w,
        weft_load<float>(w.base(w.p0) + i * w.stride(w.p0, 0)),
        x0);
    weft_store<float>(w.base(w.out0) + i * w.stride(w.out0, 0), x0);
  }
}

template <typename I>
__device__ __forceinline__ void multiply_sqrt_exp_sin_add_strided(const multiply_sqrt_exp_sin_add_words &w) {
  const I size = (I) w.size();
  const I step = (I) gridDim.x * (I) blockDim.x;
  for (I i = (I) blockIdx.x * (I) blockDim.x + (I) threadIdx.x; i < size; i += step) {
    I rest = i;
    I p0_at = 0;
    I out0_at = 0;
    for (int axis = w.rank() - 1; axis > 0; axis--) {
      const I next = rest / (I) w.extent(axis);
      const I at = rest - next * (I) w.extent(axis);
      rest = next;
      p0_at += at * (I) w.stride(w.p0, axis);
      out0_at += at * (I) w.stride(w.out0, axis);
    }
    p0_at += rest * (I) w.stride(w.p0, 0);
    out0_at += rest * (I) w.stride(w.out0, 0);
    float x0;
    multiply_sqrt_exp_sin_add_element(
        w,
        weft_load<float>(w.base(w.p0) + p0_at),
        x0);
    weft_store<float>(w.base(w.out0) + out0_at, x0);
  }
}

extern "C" __global__ void __launch_bounds__(256, 1) multiply_sqrt_exp_sin_add_strided32(
    const __grid_constant__ weft_launch words) {
  const multiply_sqrt_exp_sin_add_words w(words);
  multiply_sqrt_exp_sin_add_strided<int>(w);
}

extern "C" __global__ void __launch_bounds__(256, 1) multiply_sqrt_exp_sin_add_strided64(
    const __grid_constant__ weft_launch words) {
  const multiply_sqrt_exp_sin_add_words w(words);
  multiply_sqrt_exp_sin_add_strided<long long>(w);
}

extern "C" __global__ void __launch_bounds__(256, 1) multiply_sqrt_exp_sin_add_tiled(
    const __grid_constant__ weft_launch words) {
  const multiply_sqrt_exp_sin_add_words w(words);
  // Outputs lie in runs along axis j, operands that are turned along axis i.
  const int TILE = 32, ROWS = 8, LOADS = TILE / ROWS;
  const int i = w.rank() - 2, j = w.rank() - 1;
  // One column more than needed, so that a column of the tile meets all banks.
  __shared__ float p0_tile[TILE][TILE + 1];
  const bool p0_turned = w.turned(w.p0);
  const long long down = (w.extent(i) + TILE - 1) / TILE;
  const long long across = (w.extent(j) + TILE - 1) / TILE;
  const long long tiles = w.size() / (w.extent(i) * w.extent(j)) * (down * across);
  const int x = threadIdx.x % TILE, y = threadIdx.x / TILE;
  for (long long t = blockIdx.x; t < tiles; t += gridDim.x) {
    long long rest = t / (down * across);
    const long long place = t - rest * (down * across);
    const long long top = place / across * TILE, left = place % across * TILE;
    long long p0_at = 0;
    long long out0_at = 0;
    for (int axis = i - 1; axis >= 0; axis--) {
      const long long next = rest / w.extent(axis);
      const long long at = rest - next * w.extent(axis);
      rest = next;
      p0_at += at * w.stride(w.p0, axis);
      out0_at += at * w.stride(w.out0, axis);
    }
    float p0_read[LOADS];
#pragma unroll
    for (int k = 0; k < LOADS; k++) {
      const int row = p0_turned ? x : y + k * ROWS, column = p0_turned ? y + k * ROWS : x;
      if (top + row < w.extent(i) && left + column < w.extent(j)) {
        p0_read[k] = weft_load<float>(
            w.base(w.p0) + p0_at + (top + row) * w.stride(w.p0, i)
            + (left + column) * w.stride(w.p0, j));
      }
    }
#pragma unroll
    for (int k = 0; k < LOADS; k++) p0_tile[y + k * ROWS][x] = p0_read[k];
    __syncthreads();
    for (int row = y; row < TILE; row += ROWS) {
      if (top + row < w.extent(i) && left + x < w.extent(j)) {
        float x0;
        multiply_sqrt_exp_sin_add_element(
            w,
            p0_turned ? p0_tile[x][row] : p0_tile[row][x],
            x0);
        weft_store<float>(w.base(w.out0) + out0_at + (top + row) * w.stride(w.out0, i) + (left + x) * w.stride(w.out0, j), x0);
      }
    }
    __syncthreads();
  }
}
