// ===== cumsum_int32 =====

// Running sums or products along axis 1 of (o, r, j), strictly from left to right, in the wide type: float64 or
// int64. A thread takes a line.
struct cumsum_int32_words : weft_chunk<0, 1, 3> {
  enum { in, carry, out };
  __device__ __forceinline__ explicit cumsum_int32_words(const weft_launch &all) : weft_chunk(all) {}
  __device__ __forceinline__ bool continues() const { return header(0) != 0; }
};

extern "C" __global__ void __launch_bounds__(128, 1) cumsum_int32_lines(
    const __grid_constant__ weft_launch words) {
  const cumsum_int32_words w(words);
  const long long lines = w.extent(0) * w.extent(2);
  const long long step = (long long) gridDim.x * blockDim.x;
  for (long long line = (long long) blockIdx.x * blockDim.x + threadIdx.x; line < lines;
       line += step) {
    const long long o = line / w.extent(2);
    const long long j = line - o * w.extent(2);
    long long from = w.base(w.in) + o * w.stride(w.in, 0) + j * w.stride(w.in, 2);
    long long to = w.base(w.out) + o * w.stride(w.out, 0) + j * w.stride(w.out, 2);
    long long total = (long long) 0;
    if (w.continues()) {
      total = (long long) weft_load<int>(
          w.base(w.carry) + o * w.stride(w.carry, 0) + j * w.stride(w.carry, 2));
    }
#pragma unroll 4
    for (long long r = 0; r < w.extent(1); r++) {
      total = (long long) ((unsigned long long) total + (unsigned long long) (long long) weft_load<int>(from));
      weft_store<int>(to, (int) total);
      from += w.stride(w.in, 1);
      to += w.stride(w.out, 1);
    }
  }
}
