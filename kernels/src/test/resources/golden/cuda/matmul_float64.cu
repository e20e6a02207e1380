// ===== matmul_float64 =====

// Matrix product for any type and any strides, where cuBLAS is not at hand: products are added in order of k, in
// float64 or int64, and rounded once. A block of 256 threads makes 64 x 64 numbers of the result, a thread 4 x 4.
// The axes are m, n and k; an operand has a stride for each of its own two.
struct matmul_float64_words : weft_chunk<0, 1, 3> {
  enum { a, b, out };
  __device__ __forceinline__ explicit matmul_float64_words(const weft_launch &all) : weft_chunk(all) {}
  __device__ __forceinline__ bool overwrites() const { return header(0) != 0; }
};

extern "C" __global__ void __launch_bounds__(256, 1) matmul_float64_tiles(
    const __grid_constant__ weft_launch words) {
  const matmul_float64_words w(words);
  const int TILE = 64, DEPTH = 16;
  // One column more than needed, so that the threads of a warp meet different banks.
  __shared__ double left[DEPTH][TILE + 1];
  __shared__ double right[DEPTH][TILE + 1];
  const long long m = w.extent(0), n = w.extent(1), k = w.extent(2);
  const long long across = (n + TILE - 1) / TILE;
  const long long tiles = (m + TILE - 1) / TILE * across;
  const int x = threadIdx.x % 16, y = threadIdx.x / 16;
  for (long long tile = blockIdx.x; tile < tiles; tile += gridDim.x) {
    const long long row = tile / across * TILE, column = tile % across * TILE;
    double sums[4][4];
    for (int i = 0; i < 4; i++) {
      for (int j = 0; j < 4; j++) {
        const long long r = row + y + 16 * i, c = column + x + 16 * j;
        sums[i][j] = (double) 0;
        if (!w.overwrites() && r < m && c < n) {
          sums[i][j] = (double) weft_load<double>(
              w.base(w.out) + r * w.stride(w.out, 0) + c * w.stride(w.out, 1));
        }
      }
    }
    for (long long depth = 0; depth < k; depth += DEPTH) {
      const int here = k - depth < DEPTH ? (int) (k - depth) : DEPTH;
      for (int e = threadIdx.x; e < TILE * DEPTH; e += 256) {
        // Neighbouring threads read neighbours in memory, whichever way a factor lies.
        const bool along = w.stride(w.a, 1) <= w.stride(w.a, 0);
        const int i = along ? e / DEPTH : e % TILE, d = along ? e % DEPTH : e / TILE;
        left[d][i] = row + i < m && d < here
            ? (double) weft_load<double>(
                w.base(w.a) + (row + i) * w.stride(w.a, 0) + (depth + d) * w.stride(w.a, 1))
            : (double) 0;
        const bool down = w.stride(w.b, 0) < w.stride(w.b, 1);
        const int j = down ? e / DEPTH : e % TILE, f = down ? e % DEPTH : e / TILE;
        right[f][j] = column + j < n && f < here
            ? (double) weft_load<double>(
                w.base(w.b) + (depth + f) * w.stride(w.b, 0) + (column + j) * w.stride(w.b, 1))
            : (double) 0;
      }
      __syncthreads();
      for (int d = 0; d < here; d++) {
#pragma unroll
        for (int i = 0; i < 4; i++) {
#pragma unroll
          for (int j = 0; j < 4; j++) {
            const double product = (double) ((double) left[d][y + 16 * i] * (double) right[d][x + 16 * j]);
            sums[i][j] = (double) ((double) sums[i][j] + (double) product);
          }
        }
      }
      __syncthreads();
    }
    for (int i = 0; i < 4; i++) {
      for (int j = 0; j < 4; j++) {
        const long long r = row + y + 16 * i, c = column + x + 16 * j;
        if (r < m && c < n) {
          weft_store<double>(
              w.base(w.out) + r * w.stride(w.out, 0) + c * w.stride(w.out, 1), (double) sums[i][j]);
        }
      }
    }
  }
}
