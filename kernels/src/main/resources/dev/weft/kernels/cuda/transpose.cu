// out[b, i, j] = in[b, i, j], where neighbours of in lie along i and those of out along j: both are moved in runs, by
// way of a tile in shared memory.
extern "C" __global__ void __launch_bounds__(256, 1) KERNEL_transposed(
    const __grid_constant__ weft_launch words) {
  const KERNEL_words w(words);
  const int TILE = 32, ROWS = 8;
  // One column more than needed, so that a column of the tile meets all banks.
  __shared__ STORED tile[TILE][TILE + 1];
  const long long down = (w.extent(1) + TILE - 1) / TILE;
  const long long across = (w.extent(2) + TILE - 1) / TILE;
  const long long tiles = w.extent(0) * down * across;
  const int x = threadIdx.x % TILE, y = threadIdx.x / TILE;
  for (long long t = blockIdx.x; t < tiles; t += gridDim.x) {
    const long long b = t / (down * across), place = t % (down * across);
    const long long i = place / across * TILE, j = place % across * TILE;
    const long long from = w.base(w.p0) + b * w.stride(w.p0, 0);
    const long long to = w.base(w.out0) + b * w.stride(w.out0, 0);
    for (int row = y; row < TILE; row += ROWS) {
      if (i + x < w.extent(1) && j + row < w.extent(2)) {
        tile[row][x] = weft_load<STORED>(
            from + (i + x) * w.stride(w.p0, 1) + (j + row) * w.stride(w.p0, 2));
      }
    }
    __syncthreads();
    for (int row = y; row < TILE; row += ROWS) {
      if (i + row < w.extent(1) && j + x < w.extent(2)) {
        weft_store<STORED>(
            to + (i + row) * w.stride(w.out0, 1) + (j + x) * w.stride(w.out0, 2), tile[x][row]);
      }
    }
    __syncthreads();
  }
}
