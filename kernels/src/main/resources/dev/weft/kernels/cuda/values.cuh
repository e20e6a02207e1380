#ifndef WEFT_VALUES
#define WEFT_VALUES
// Conversions and memory access that every kernel uses. They mean what the reference device means.

#define WEFT_NAN __longlong_as_double(0x7ff8000000000000ll)
#define WEFT_INFINITY __longlong_as_double(0x7ff0000000000000ll)

// Two bytes of a float16. Numbers are rounded once, half to even.
struct weft_half {
  unsigned short bits;

  weft_half() = default;
  __device__ __forceinline__ explicit weft_half(double x) {
    const long long word = __double_as_longlong(x);
    const int sign = (int) ((unsigned long long) word >> 48) & 0x8000;
    const double size = fabs(x);
    const long long fraction = word & 0xfffffffffffffll;
    const long long rest = fraction & 0x3ffffffffffll;
    // Bits that a half has no place for: more than half a step, or half of one after an odd number of steps.
    const bool up = rest > 0x20000000000ll || (rest == 0x20000000000ll && (fraction >> 42 & 1) != 0);
    const int exponent = (int) (word >> 52 & 0x7ff) - 1008;
    const int magnitude = x != x ? 0x7e00
        : size >= 65520.0 ? 0x7c00
        : size < 6.103515625e-05 ? (int) rint(size * 16777216.0)
        : (exponent << 10 | (int) (fraction >> 42)) + (up ? 1 : 0);
    bits = (unsigned short) (sign | magnitude);
  }
  __device__ __forceinline__ explicit operator float() const {
    const int sign = (bits & 0x8000) << 16;
    const int exponent = bits >> 10 & 31;
    const int fraction = bits & 1023;
    if (exponent == 0) return sign != 0 ? -(fraction * 5.9604644775390625e-08f) : fraction * 5.9604644775390625e-08f;
    return __int_as_float(sign | (exponent == 31 ? 0x7f800000 : exponent + 112 << 23) | fraction << 13);
  }
};

// The one argument of every entry point: how many words each chunk of the launch has, the words that its chunks share,
// then the words of one chunk after the other.
struct weft_launch {
  long long at[512];
};

// The words of the chunk that this block works on: a few of the kernel's, where each operand begins, and for each axis,
// outermost first, its extent and a stride for each operand. They stay in the argument and are read by index.
template <int SHARED, int HEADER, int OPERANDS>
struct weft_chunk {
  const weft_launch &words;
  const int from;

  __device__ __forceinline__ explicit weft_chunk(const weft_launch &all)
      : words(all), from(1 + SHARED + (int) blockIdx.y * (int) all.at[0]) {}
  __device__ __forceinline__ long long shared(int i) const { return words.at[1 + i]; }
  __device__ __forceinline__ long long header(int i) const { return words.at[from + i]; }
  __device__ __forceinline__ long long base(int operand) const {
    return words.at[from + HEADER + operand];
  }
  __device__ __forceinline__ long long extent(int axis) const { return words.at[place(axis)]; }
  __device__ __forceinline__ long long stride(int operand, int axis) const {
    return words.at[place(axis) + 1 + operand];
  }
  __device__ __forceinline__ int place(int axis) const {
    return from + HEADER + OPERANDS + axis * (1 + OPERANDS);
  }
};

// A chunk that is computed element by element.
template <int SHARED, int OPERANDS>
struct weft_map_chunk : weft_chunk<SHARED, 2, OPERANDS> {
  __device__ __forceinline__ explicit weft_map_chunk(const weft_launch &all)
      : weft_chunk<SHARED, 2, OPERANDS>(all) {}
  __device__ __forceinline__ long long size() const { return this->header(0); }
  __device__ __forceinline__ int rank() const { return (int) this->header(1); }
  // Whether an operand's neighbours in memory lie along the last axis but one.
  __device__ __forceinline__ bool turned(int operand) const {
    const long long down = this->stride(operand, rank() - 2);
    const long long across = this->stride(operand, rank() - 1);
    return down != 0 && (down < 0 ? -down : down) < (across < 0 ? -across : across);
  }
};

// N neighbours in memory, moved by one access of up to 16 bytes.
template <typename T, int N>
struct alignas(sizeof(T) * N < 16 ? sizeof(T) * N : 16) weft_pack {
  T at[N];
};

// Addresses come as numbers of 64 bits.
template <typename T>
__device__ __forceinline__ T weft_load(long long address) {
  return *(const T *) address;
}

// Any byte but 0 is true.
template <>
__device__ __forceinline__ bool weft_load<bool>(long long address) {
  return *(const unsigned char *) address != 0;
}

template <typename T>
__device__ __forceinline__ void weft_store(long long address, T value) {
  *(T *) address = value;
}

template <>
__device__ __forceinline__ void weft_store<bool>(long long address, bool value) {
  *(unsigned char *) address = value ? 1 : 0;
}

// Elements first to first + N - 1 of a dense operand, or N times the one element of a broadcast one.
template <typename T, int N>
__device__ __forceinline__ weft_pack<T, N> weft_load_pack(
    long long address, long long stride, long long first) {
  if (stride != 0) return *(const weft_pack<T, N> *) (address + first * (long long) sizeof(T));
  weft_pack<T, N> same;
  const T value = weft_load<T>(address);
#pragma unroll
  for (int k = 0; k < N; k++) same.at[k] = value;
  return same;
}

template <typename T, int N>
__device__ __forceinline__ void weft_store_pack(
    long long address, long long first, const weft_pack<T, N> &values) {
  *(weft_pack<T, N> *) (address + first * (long long) sizeof(T)) = values;
}

// Floats beyond the integers count as the last of them, and nan as 0.
__device__ __forceinline__ int weft_to_int(double x) {
  return x != x ? 0
      : x <= -2147483648.0 ? -2147483647 - 1
      : x >= 2147483647.0 ? 2147483647
      : (int) x;
}

__device__ __forceinline__ long long weft_to_long(double x) {
  return x != x ? 0ll
      : x <= -9223372036854775808.0 ? -9223372036854775807ll - 1
      : x >= 9223372036854775808.0 ? 9223372036854775807ll
      : (long long) x;
}

// Negative numbers wrap around, as far as long long goes.
__device__ __forceinline__ unsigned long long weft_to_unsigned_long(double x) {
  return !(x >= 9223372036854775808.0) ? (unsigned long long) weft_to_long(x)
      : x >= 18446744073709551616.0 ? 18446744073709551615ull
      : (unsigned long long) x;
}

#endif
