#ifndef WEFT_REDUCE
#define WEFT_REDUCE
// Reductions in the order that defines their result (docs/reproducibility.md): blocks of 4,096 elements; in a block
// lane l of 64 takes elements l, l + 64, ... in order; lanes are joined by halves, l with l + 32, then + 16, ...;
// blocks are joined with their neighbours pairwise, an odd last one moves up. Absent lanes are skipped.

// --- What is known of some elements: first, next and join; a result is 1 to 3 words of 64 bits. ---

__device__ __forceinline__ long long weft_word(long long x) { return x; }
// Results show one nan, whatever the payload was.
__device__ __forceinline__ long long weft_word(double x) {
  return __double_as_longlong(x != x ? WEFT_NAN : x);
}
__device__ __forceinline__ void weft_unword(long long word, long long &x) { x = word; }
__device__ __forceinline__ void weft_unword(long long word, double &x) {
  x = __longlong_as_double(word);
}

struct weft_add {
  static __device__ __forceinline__ double of(double a, double b) { return a + b; }
  static __device__ __forceinline__ long long of(long long a, long long b) {
    return (long long) ((unsigned long long) a + (unsigned long long) b);
  }
  static __device__ __forceinline__ void empty(double &x) { x = 0.0; }
  static __device__ __forceinline__ void empty(long long &x) { x = 0; }
};

struct weft_multiply {
  static __device__ __forceinline__ double of(double a, double b) { return a * b; }
  static __device__ __forceinline__ long long of(long long a, long long b) {
    return (long long) ((unsigned long long) a * (unsigned long long) b);
  }
  static __device__ __forceinline__ void empty(double &x) { x = 1.0; }
  static __device__ __forceinline__ void empty(long long &x) { x = 1; }
};

// Nan if there is one; -0 is less than 0.
struct weft_min {
  static __device__ __forceinline__ double of(double a, double b) {
    return a != a || a < b ? a : b != b || b < a ? b : signbit(a) ? a : b;
  }
  static __device__ __forceinline__ long long of(long long a, long long b) { return a < b ? a : b; }
  static __device__ __forceinline__ void empty(double &x) { x = WEFT_INFINITY; }
  static __device__ __forceinline__ void empty(long long &x) { x = 9223372036854775807ll; }
};

struct weft_max {
  static __device__ __forceinline__ double of(double a, double b) {
    return a != a || a > b ? a : b != b || b > a ? b : signbit(a) ? b : a;
  }
  static __device__ __forceinline__ long long of(long long a, long long b) { return a > b ? a : b; }
  static __device__ __forceinline__ void empty(double &x) { x = -WEFT_INFINITY; }
  static __device__ __forceinline__ void empty(long long &x) { x = -9223372036854775807ll - 1; }
};

// One number; T is double or long long.
template <typename Op, typename T>
struct weft_fold {
  static const int WORDS = 1;
  T value;

  __device__ __forceinline__ void first(T x, long long) { value = x; }
  __device__ __forceinline__ void next(T x, long long) { value = Op::of(value, x); }
  __device__ __forceinline__ void join(const weft_fold &right) {
    value = Op::of(value, right.value);
  }
  __device__ __forceinline__ void empty() { Op::empty(value); }
  __device__ __forceinline__ long long word(int) const { return weft_word(value); }
  __device__ __forceinline__ void set(int, long long word) { weft_unword(word, value); }
};

// The extreme and where it is: the first of equals, zeros of both signs being equal; the first nan of all.
template <bool LARGEST, typename T>
struct weft_arg {
  static const int WORDS = 2;
  T value;
  long long position;

  __device__ __forceinline__ void first(T x, long long at) {
    value = x;
    position = at;
  }
  __device__ __forceinline__ void next(T x, long long at) {
    weft_arg right;
    right.first(x, at);
    join(right);
  }
  __device__ __forceinline__ void join(const weft_arg &right) {
    const bool nan = value != value, other = right.value != right.value;
    const bool equal = nan || other ? nan == other : value == right.value;
    const bool before = nan || other ? nan : LARGEST ? value > right.value : value < right.value;
    if (equal ? position >= right.position : !before) *this = right;
  }
  __device__ __forceinline__ void empty() { first((T) 0, 0); }
  __device__ __forceinline__ long long word(int i) const {
    return i == 0 ? weft_word(value) : position;
  }
  __device__ __forceinline__ void set(int i, long long word) {
    if (i == 0) weft_unword(word, value); else position = word;
  }
};

// Number, mean and sum of squared deviations; joined by the formula of Chan, Golub and LeVeque.
struct weft_moments {
  static const int WORDS = 3;
  long long count;
  double mean;
  double squares;

  __device__ __forceinline__ void of(long long n, double middle, double deviations) {
    count = n;
    mean = middle;
    squares = deviations;
  }
  __device__ __forceinline__ void join(const weft_moments &right) {
    if (right.count == 0) return;
    if (count == 0) {
      *this = right;
      return;
    }
    const long long n = count + right.count;
    const double delta = right.mean - mean;
    const double left_count = (double) count, right_count = (double) right.count;
    const double sum = squares + right.squares;
    const double between = delta * delta * (left_count * right_count / (double) n);
    of(n, mean + delta * (right_count / (double) n), sum + between);
  }
  __device__ __forceinline__ void empty() { of(0, 0.0, 0.0); }
  __device__ __forceinline__ long long word(int i) const {
    return i == 0 ? count : weft_word(i == 1 ? mean : squares);
  }
  __device__ __forceinline__ void set(int i, long long word) {
    if (i == 0) count = word; else weft_unword(word, i == 1 ? mean : squares);
  }
};

template <typename T>
__device__ __forceinline__ void weft_put(const T &result, long long address, long long step) {
#pragma unroll
  for (int i = 0; i < T::WORDS; i++) weft_store<long long>(address + i * step, result.word(i));
}

template <typename T>
__device__ __forceinline__ void weft_get(T &result, long long address, long long step) {
#pragma unroll
  for (int i = 0; i < T::WORDS; i++) result.set(i, weft_load<long long>(address + i * step));
}

// --- Words of a chunk. The axes of the cells come first, then those that are reduced. ---

template <int SHARED, int PLANES, int OPERANDS>
struct weft_reduce_chunk : weft_chunk<SHARED, 4 + PLANES, OPERANDS> {
  __device__ __forceinline__ explicit weft_reduce_chunk(const weft_launch &all)
      : weft_chunk<SHARED, 4 + PLANES, OPERANDS>(all) {}
  // Cells: elements of the result.
  __device__ __forceinline__ long long size() const { return this->header(0); }
  // Elements that are reduced into a cell, and blocks of 4,096 of them.
  __device__ __forceinline__ long long length() const { return this->header(1); }
  __device__ __forceinline__ long long blocks() const {
    return length() <= 4096 ? 1 : (length() + 4095) / 4096;
  }
  // Partial results of blocks, if there are several.
  __device__ __forceinline__ long long scratch() const { return this->header(2); }
  __device__ __forceinline__ int rank() const { return (int) this->header(3) & 255; }
  __device__ __forceinline__ int reduced_rank() const { return (int) this->header(3) >> 8; }
  // Bytes between the words of results of several.
  __device__ __forceinline__ long long plane_bytes(int i) const { return this->header(4 + i); }
};

// --- One block of one cell. ---
//
// Code is generated: Words (of the chunk), Cell (offsets of a cell's first element), Sums (what one pass over elements
// gathers), Squares (what a second pass gathers, for moments), Result (what is known of a block).

template <typename Code>
struct weft_sums_pass {
  typedef typename Code::Sums Partial;
  static __device__ __forceinline__ void first(
      const typename Code::Words &w, const typename Code::Cell &cell, const Partial &,
      unsigned int r, Partial &p) {
    Code::template sums<true>(w, cell, r, p);
  }
  static __device__ __forceinline__ void next(
      const typename Code::Words &w, const typename Code::Cell &cell, const Partial &,
      unsigned int r, Partial &p) {
    Code::template sums<false>(w, cell, r, p);
  }
};

template <typename Code>
struct weft_squares_pass {
  typedef typename Code::Squares Partial;
  static __device__ __forceinline__ void first(
      const typename Code::Words &w, const typename Code::Cell &cell,
      const typename Code::Sums &means, unsigned int r, Partial &p) {
    Code::template squares<true>(w, cell, r, means, p);
  }
  static __device__ __forceinline__ void next(
      const typename Code::Words &w, const typename Code::Cell &cell,
      const typename Code::Sums &means, unsigned int r, Partial &p) {
    Code::template squares<false>(w, cell, r, means, p);
  }
};

// One thread takes lanes y, y + WAYS, ... of elements begin to end - 1 and joins them by halves down to WAYS. Lanes
// come in the order of their reversed bits, so that a pair is joined as soon as its second half is there.
template <typename Pass, int WAYS, typename Words, typename Cell, typename Means>
__device__ __forceinline__ void weft_lanes(
    const Words &w, const Cell &cell, const Means &means, unsigned int begin, int n, int y,
    typename Pass::Partial &total) {
  typename Pass::Partial stack[7];
  unsigned int present = 0;  // a bit for each level of the stack
  int lanes = 64 / WAYS, bits = WAYS == 64 ? 0 : WAYS == 8 ? 3 : 6;
  if (WAYS == 1) {
    // Lanes beyond the elements are absent, and so is joining them.
    while (bits > 0 && n <= (lanes >> 1)) {
      lanes >>= 1;
      bits--;
    }
  }
#pragma unroll 1
  for (int j = 0; j < lanes; j++) {
    const int lane = y + WAYS * (bits == 0 ? 0 : (int) (__brev((unsigned int) j) >> (32 - bits)));
    typename Pass::Partial part;
    bool some = lane < n;
    if (some) {
      Pass::first(w, cell, means, begin + lane, part);
#pragma unroll 4
      for (int r = lane + 64; r < n; r += 64) Pass::next(w, cell, means, begin + r, part);
    }
    // Unrolled and without a way out, so that the stack stays in registers.
    bool kept = false;
#pragma unroll
    for (int level = 0; level < 7; level++) {
      if (!kept && (j >> level & 1) == 0) {
        stack[level] = part;
        present = (present & ~(1u << level)) | (unsigned int) some << level;
        kept = true;
      } else if (!kept) {
        if (some) stack[level].join(part);
        part = stack[level];
        some = (present >> level & 1u) != 0;
      }
    }
    if (j == lanes - 1 && some) total = part;
  }
}

// Threads y = 0 ... WAYS - 1 of an item join what they have by halves; the total of the item is then in its slot 0.
template <int WAYS, int STEP, typename Partial>
__device__ __forceinline__ void weft_join_ways(Partial *slots, int slot, int y, int n) {
#pragma unroll
  for (int half = WAYS / 2; half > 0; half /= 2) {
    __syncthreads();
    if (y < half && y + half < n) slots[slot].join(slots[slot + half * STEP]);
  }
  __syncthreads();
}

// --- Entry points. ---

// Every block of every cell: WAYS threads share an item (a block of a cell). With 64 ways neighbouring threads take
// neighbouring elements, otherwise neighbouring cells.
template <typename Code, int WAYS, int THREADS>
__device__ __forceinline__ void weft_reduce(const typename Code::Words &w) {
  const int ITEMS = THREADS / WAYS;
  const int STEP = WAYS == 64 ? 1 : ITEMS;
  const int item_here = WAYS == 64 ? threadIdx.x / WAYS : threadIdx.x % ITEMS;
  const int y = WAYS == 64 ? threadIdx.x % WAYS : threadIdx.x / ITEMS;
  const int origin = WAYS == 64 ? item_here * WAYS : item_here;
  __shared__ typename Code::Sums sums[WAYS == 1 ? 1 : THREADS];
  __shared__ typename Code::Squares squares[WAYS == 1 || !Code::MOMENTS ? 1 : THREADS];
  // Below 2^31, all of them.
  const unsigned int cells = (unsigned int) w.size();
  const unsigned int items = cells * (unsigned int) w.blocks();
  for (unsigned int from = blockIdx.x * ITEMS; from < items; from += gridDim.x * ITEMS) {
    const unsigned int item = from + item_here;
    const bool active = item < items;
    const unsigned int block = active ? item / cells : 0;
    const unsigned int cell_number = active ? item - block * cells : 0;
    const unsigned int begin = block * 4096;
    const unsigned int rest = (unsigned int) w.length() - begin;
    const int n = !active ? 0 : rest < 4096 ? (int) rest : 4096;
    const typename Code::Cell cell = Code::cell(w, cell_number);
    typename Code::Sums sum;
    typename Code::Squares square;
    weft_lanes<weft_sums_pass<Code>, WAYS>(w, cell, sum, begin, n, y, sum);
    if constexpr (WAYS > 1) {
      sums[threadIdx.x] = sum;
      weft_join_ways<WAYS, STEP>(sums, threadIdx.x, y, n);
      sum = sums[origin];
    }
    if constexpr (Code::MOMENTS) {
      Code::means(sum, n);
      weft_lanes<weft_squares_pass<Code>, WAYS>(w, cell, sum, begin, n, y, square);
      if constexpr (WAYS > 1) {
        squares[threadIdx.x] = square;
        weft_join_ways<WAYS, STEP>(squares, threadIdx.x, y, n);
        square = squares[origin];
      }
    }
    if (active && y == 0) {
      typename Code::Result result;
      if (n == 0) result.empty(); else Code::result(sum, square, n, result);
      if (w.blocks() == 1) {
        Code::write(w, cell, result);
      } else {
        Code::save(w, item, result);
      }
    }
    // The slots are used again for the next items.
    if constexpr (WAYS > 1) __syncthreads();
  }
}

// Joins the blocks of each cell: GROUP threads share a cell. Partial results of blocks are in the scratch memory.
template <typename Code, int GROUP, int THREADS>
__device__ __forceinline__ void weft_join(const typename Code::Words &w) {
  const int CELLS = THREADS / GROUP;
  const int y = threadIdx.x % GROUP;
  for (long long from = (long long) blockIdx.x * CELLS; from < w.size();
       from += (long long) gridDim.x * CELLS) {
    const long long cell = from + threadIdx.x / GROUP;
    const bool active = cell < w.size();
    for (long long step = 1; step < w.blocks(); step *= 2) {
      for (long long i = 2 * step * y; active && i + step < w.blocks(); i += 2 * step * GROUP) {
        typename Code::Result left, right;
        Code::load(w, i * w.size() + cell, left);
        Code::load(w, (i + step) * w.size() + cell, right);
        left.join(right);
        Code::save(w, i * w.size() + cell, left);
      }
      if constexpr (GROUP > 1) __syncthreads();
    }
    if (active && y == 0) {
      typename Code::Result total;
      Code::load(w, cell, total);
      Code::write(w, Code::cell(w, (unsigned int) cell), total);
    }
  }
}

#endif
