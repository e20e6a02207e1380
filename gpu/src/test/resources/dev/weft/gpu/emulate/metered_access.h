// Memory access by way of the meter; stands behind values.cuh.
#ifndef WEFT_METERED_ACCESS
#define WEFT_METERED_ACCESS

inline bool weft_trips::next() {
  if (trips++ % unroll == 0) weft_meter_divide((int) threadIdx.x);
  return true;
}

struct weft_site {
  const int number;
  explicit weft_site(int number) : number(number) {}

  void note(long long address, size_t bytes, bool store) const {
    weft_meter_access((int) threadIdx.x, number, address, (int) bytes, store);
  }
  template <typename T>
  T load(long long address) const {
    note(address, sizeof(T), false);
    return weft_load<T>(address);
  }
  template <typename T>
  void store(long long address, T value) const {
    note(address, sizeof(T), true);
    weft_store<T>(address, value);
  }
  template <typename T, int N>
  weft_pack<T, N> load_pack(long long address, long long stride, long long first) const {
    if (stride == 0) note(address, sizeof(T), false);
    else note(address + first * (long long) sizeof(T), sizeof(weft_pack<T, N>), false);
    return weft_load_pack<T, N>(address, stride, first);
  }
  template <typename T, int N>
  void store_pack(long long address, long long first, const weft_pack<T, N> &values) const {
    note(address + first * (long long) sizeof(T), sizeof(values), true);
    weft_store_pack(address, first, values);
  }
};

#endif
