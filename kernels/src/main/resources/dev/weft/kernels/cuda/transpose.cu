// out[b, i, j] = in[b, i, j], where neighbours of in lie along i and those of out along j: both are moved in runs, by
// way of a tile in shared memory.
struct KERNEL_tile_words {
  long long extents[3];
  struct { long long base, strides[3]; } in, out;
};

extern "C" __global__ void __launch_bounds__(256, 1) KERNEL_transposed(
    const __grid_constant__ KERNEL_tile_words w) {
  const int TILE = 32, ROWS = 8;
  // One column more than needed, so that a column of the tile meets all banks.
  __shared__ STORED tile[TILE][TILE + 1];
  const long long down = (w.extents[1] + TILE - 1) / TILE;
  const long long across = (w.extents[2] + TILE - 1) / TILE;
  const long long tiles = w.extents[0] * down * across;
  const int x = threadIdx.x % TILE, y = threadIdx.x / TILE;
  for (long long t = blockIdx.x; t < tiles; t += gridDim.x) {
    const long long b = t / (down * across), place = t % (down * across);
    const long long i = place / across * TILE, j = place % across * TILE;
    const long long from = w.in.base + b * w.in.strides[0];
    const long long to = w.out.base + b * w.out.strides[0];
    for (int row = y; row < TILE; row += ROWS) {
      if (i + x < w.extents[1] && j + row < w.extents[2]) {
        tile[row][x] = weft_load<STORED>(
            from + (i + x) * w.in.strides[1] + (j + row) * w.in.strides[2]);
      }
    }
    __syncthreads();
    for (int row = y; row < TILE; row += ROWS) {
      if (i + row < w.extents[1] && j + x < w.extents[2]) {
        weft_store<STORED>(
            to + (i + row) * w.out.strides[1] + (j + x) * w.out.strides[2], tile[x][row]);
      }
    }
    __syncthreads();
  }
}
