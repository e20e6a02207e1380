// ===== cumsum_int32 =====

// Running sums or products along axis 1 of (o, r, j), strictly from left to right, in the wide type: float64 or
// int64. A thread takes a line.
struct cumsum_int32_words {
  long long extents[3];
  struct { long long base, strides[3]; } in, carry, out;
  long long continues;
};

extern "C" __global__ void __launch_bounds__(128, 1) cumsum_int32_lines(
    const __grid_constant__ cumsum_int32_words w) {
  const long long lines = w.extents[0] * w.extents[2];
  const long long step = (long long) gridDim.x * blockDim.x;
  for (long long line = (long long) blockIdx.x * blockDim.x + threadIdx.x; line < lines;
       line += step) {
    const long long o = line / w.extents[2];
    const long long j = line - o * w.extents[2];
    long long from = w.in.base + o * w.in.strides[0] + j * w.in.strides[2];
    long long to = w.out.base + o * w.out.strides[0] + j * w.out.strides[2];
    long long total = (long long) 0;
    if (w.continues != 0) {
      total = (long long) weft_load<int>(
          w.carry.base + o * w.carry.strides[0] + j * w.carry.strides[2]);
    }
#pragma unroll 4
    for (long long r = 0; r < w.extents[1]; r++) {
      total = (long long) ((unsigned long long) total + (unsigned long long) (long long) weft_load<int>(from));
      weft_store<int>(to, (int) total);
      from += w.in.strides[1];
      to += w.out.strides[1];
    }
  }
}
