// ===== gather_float32 =====

// out[o, i, j] = in[o, index[i], j]
struct gather_float32_words {
  long long extents[3];
  struct { long long base, strides[3]; } in, index, out;
};

extern "C" __global__ void __launch_bounds__(256, 1) gather_float32_elements(
    const __grid_constant__ gather_float32_words w) {
  const long long size = w.extents[0] * w.extents[1] * w.extents[2];
  const long long step = (long long) gridDim.x * blockDim.x;
  for (long long e = (long long) blockIdx.x * blockDim.x + threadIdx.x; e < size; e += step) {
    const long long row = e / w.extents[2];
    const long long j = e - row * w.extents[2];
    const long long o = row / w.extents[1];
    const long long i = row - o * w.extents[1];
    const long long chosen =
        weft_load<long long>(w.index.base + o * w.index.strides[0] + i * w.index.strides[1]);
    const float value = weft_load<float>(
        w.in.base + o * w.in.strides[0] + chosen * w.in.strides[1] + j * w.in.strides[2]);
    weft_store<float>(
        w.out.base + o * w.out.strides[0] + i * w.out.strides[1] + j * w.out.strides[2], value);
  }
}
