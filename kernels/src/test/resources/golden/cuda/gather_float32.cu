// ===== gather_float32 =====

// out[o, i, j] = in[o, index[i], j]
struct gather_float32_words : weft_chunk<0, 0, 3> {
  enum { in, index, out };
  __device__ __forceinline__ explicit gather_float32_words(const weft_launch &all) : weft_chunk(all) {}
};

extern "C" __global__ void __launch_bounds__(256, 1) gather_float32_elements(
    const __grid_constant__ weft_launch words) {
  const gather_float32_words w(words);
  const long long size = w.extent(0) * w.extent(1) * w.extent(2);
  const long long step = (long long) gridDim.x * blockDim.x;
  for (long long e = (long long) blockIdx.x * blockDim.x + threadIdx.x; e < size; e += step) {
    const long long row = e / w.extent(2);
    const long long j = e - row * w.extent(2);
    const long long o = row / w.extent(1);
    const long long i = row - o * w.extent(1);
    const long long chosen =
        weft_load<long long>(
            w.base(w.index) + o * w.stride(w.index, 0) + i * w.stride(w.index, 1));
    const float value = weft_load<float>(
        w.base(w.in) + o * w.stride(w.in, 0) + chosen * w.stride(w.in, 1)
        + j * w.stride(w.in, 2));
    weft_store<float>(
        w.base(w.out) + o * w.stride(w.out, 0) + i * w.stride(w.out, 1) + j * w.stride(w.out, 2),
        value);
  }
}
