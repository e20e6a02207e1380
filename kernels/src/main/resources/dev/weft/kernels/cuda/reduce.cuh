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
  // Whether an operand's neighbours in memory are elements of one cell, rather than of neighbouring cells.
  __device__ __forceinline__ bool along(int operand) const {
    const long long across = this->stride(operand, rank() - 1);
    const long long down = this->stride(operand, rank() + reduced_rank() - 1);
    return across != 0 && down != 0 && (down < 0 ? -down : down) < (across < 0 ? -across : across);
  }
};

// --- One block of one cell. ---
//
// Code is generated: Words (of the chunk), Cell (offsets of a cell's first element, or within a cell), Elements (what an
// element is computed of), Random (what is kept from one random number to the next), Sums (what one pass over elements gathers), Squares (what a second pass gathers, for
// moments), Result (what is known of a block), LOADS (elements that a thread reads before it computes) and LANES (lanes
// that it keeps in registers, at most as many).

template <typename C>
struct weft_sums_pass {
  typedef C Code;
  typedef typename Code::Sums Partial;
  static __device__ __forceinline__ void take(
      const typename Code::Words &w, const typename Code::Cell &cell,
      const typename Code::Cell &place, const typename Code::Elements &elements, const Partial &,
      bool fresh, Partial &lane) {
    Code::sums(w, cell, place, elements, fresh, lane);
  }
};

template <typename C>
struct weft_squares_pass {
  typedef C Code;
  typedef typename Code::Squares Partial;
  static __device__ __forceinline__ void take(
      const typename Code::Words &w, const typename Code::Cell &, const typename Code::Cell &,
      const typename Code::Elements &elements, const typename Code::Sums &means, bool fresh,
      Partial &lane) {
    Code::squares(w, elements, means, fresh, lane);
  }
};

// Joins lanes first, first + STEP, ... of n elements by halves.
template <int COUNT, int STEP, typename Partial>
__device__ __forceinline__ void weft_join_lanes(Partial (&lanes)[COUNT], int n, int first) {
#pragma unroll
  for (int half = COUNT / 2; half > 0; half /= 2) {
#pragma unroll
    for (int k = 0; k < half; k++) {
      if (first + (k + half) * STEP < n) lanes[k].join(lanes[k + half]);
    }
  }
}

// Where a thread's elements come from: from memory, each by itself.
template <typename Code>
struct weft_direct {
  typedef typename Code::Cell Cell;

  __device__ __forceinline__ void begin(int, int, const Cell &, unsigned int, int) {}
  // Rows of 64 elements begin below this.
  __device__ __forceinline__ int rows(int rest) const { return rest; }
  __device__ __forceinline__ void read(
      const typename Code::Words &w, const Cell &cell, int,
      const unsigned int (&numbers)[Code::LOADS], const bool (&here)[Code::LOADS],
      typename Code::Random &random, Cell (&places)[Code::LOADS],
      typename Code::Elements (&elements)[Code::LOADS]) {
#pragma unroll
    for (int e = 0; e < Code::LOADS; e++) {
      if (here[e]) {
        places[e] = Code::element(w, numbers[e]);
        Code::read(w, cell, places[e], random, elements[e]);
      }
    }
  }
};

// Or by way of a tile in shared memory, of 64 elements of each of 32 cells, where an operand's neighbours in memory are
// elements of one cell: neighbouring threads read those, and then each thread takes its own. For blocks of 256 threads
// that take 8 lanes each; all of them come here as often.
template <typename Code>
struct weft_tile {
  typedef typename Code::Cell Cell;
  static const int CELLS = 32, ROWS = 64, LOADS = 8;

  // Elements of up to 8 bytes; one more a cell than needed, so that cells begin in different banks.
  long long data[CELLS * (ROWS + 1)];
  Cell cells[CELLS];
  unsigned int begins[CELLS];
  int sizes[CELLS];

  __device__ __forceinline__ void begin(
      int item, int y, const Cell &cell, unsigned int first, int n) {
    if (y == 0) {
      cells[item] = cell;
      begins[item] = first;
      sizes[item] = n;
    }
    __syncthreads();
  }
  // The first cell has the most elements.
  __device__ __forceinline__ int rows(int) const { return sizes[0]; }
  __device__ __forceinline__ void read(
      const typename Code::Words &w, const Cell &cell, int row,
      const unsigned int (&numbers)[LOADS], const bool (&here)[LOADS],
      typename Code::Random &random, Cell (&places)[LOADS],
      typename Code::Elements (&elements)[LOADS]) {
#pragma unroll
    for (int e = 0; e < LOADS; e++) places[e] = Code::element(w, numbers[e]);
    Code::stage(w, cell, *this, row, places, here, random, elements);
  }

  // One operand's elements row ... row + 63 of all cells; `mine` are those of this thread.
  template <typename T, long long Cell::*OPERAND>
  __device__ __forceinline__ void take(
      const typename Code::Words &w, long long base, int row, T (&mine)[LOADS]) {
    const int i = threadIdx.x % ROWS, first = threadIdx.x / ROWS;
    T read[LOADS];
#pragma unroll
    for (int e = 0; e < LOADS; e++) {
      const int c = first + 4 * e;
      if (row + i < sizes[c]) {
        const Cell place = Code::element(w, begins[c] + row + i);
        read[e] = weft_load<T>(base + cells[c].*OPERAND + place.*OPERAND);
      }
    }
    T *tile = (T *) data;
    __syncthreads();
#pragma unroll
    for (int e = 0; e < LOADS; e++) tile[(first + 4 * e) * (ROWS + 1) + i] = read[e];
    __syncthreads();
    const int x = threadIdx.x % CELLS, y = threadIdx.x / CELLS;
#pragma unroll
    for (int e = 0; e < LOADS; e++) mine[e] = tile[x * (ROWS + 1) + y + 8 * e];
  }
};

// A thread's part of elements begin ... begin + n - 1: lanes first, first + STEP, ..., COUNT of them, each in registers,
// joined by halves. Where these do not suffice, every other lane is taken in a second sweep. Elements are read in groups
// of LOADS, all of a group before the first is used, so that as many loads are in flight.
template <typename Pass, int COUNT, int STEP, typename Source, typename Words, typename Cell, typename Means>
__device__ __forceinline__ void weft_lanes(
    const Words &w, Source &source, const Cell &cell, const Means &means, unsigned int begin, int n,
    int first, typename Pass::Partial &total) {
  typedef typename Pass::Code Code;
  typedef typename Pass::Partial Partial;
  if constexpr (COUNT > Code::LANES) {
    weft_lanes<Pass, COUNT / 2, 2 * STEP>(w, source, cell, means, begin, n, first, total);
    if (first + STEP < n) {
      Partial odd;
      weft_lanes<Pass, COUNT / 2, 2 * STEP>(w, source, cell, means, begin, n, first + STEP, odd);
      total.join(odd);
    }
  } else {
    const int LOADS = Code::LOADS;
    Partial lanes[COUNT];
    typename Code::Random random;
#pragma unroll 1
    for (int row = 0; row < source.rows(n - first); row += LOADS / COUNT * 64) {
      unsigned int numbers[LOADS];
      bool here[LOADS];
#pragma unroll
      for (int e = 0; e < LOADS; e++) {
        const int number = row + first + e % COUNT * STEP + e / COUNT * 64;
        here[e] = number < n;
        numbers[e] = begin + number;
      }
      Cell places[LOADS];
      typename Code::Elements elements[LOADS];
      source.read(w, cell, row, numbers, here, random, places, elements);
#pragma unroll
      for (int e = 0; e < LOADS; e++) {
        if (here[e]) {
          const bool fresh = e < COUNT && row == 0;
          Pass::take(w, cell, places[e], elements[e], means, fresh, lanes[e % COUNT]);
        }
      }
    }
    weft_join_lanes<COUNT, STEP>(lanes, n, first);
    total = lanes[0];
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

// Every block of every cell: WAYS threads share an item (a block of a cell). Neighbouring threads take neighbouring
// cells (ACROSS), or neighbouring elements of one. One thread alone takes at most 16 elements: the lanes beyond are
// absent.
template <typename Code, typename Source, int WAYS, int THREADS, bool ACROSS>
__device__ __forceinline__ void weft_reduce(const typename Code::Words &w) {
  const int ITEMS = THREADS / WAYS;
  const int STEP = ACROSS ? ITEMS : 1;
  const int COUNT = WAYS == 1 ? 16 : 64 / WAYS;
  const int item_here = ACROSS ? threadIdx.x % ITEMS : threadIdx.x / WAYS;
  const int y = ACROSS ? threadIdx.x / ITEMS : threadIdx.x % WAYS;
  const int origin = ACROSS ? item_here : item_here * WAYS;
  __shared__ Source source;
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
    source.begin(item_here, y, cell, begin, n);
    typename Code::Sums sum;
    typename Code::Squares square;
    weft_lanes<weft_sums_pass<Code>, COUNT, WAYS>(w, source, cell, sum, begin, n, y, sum);
    if constexpr (WAYS > 1) {
      sums[threadIdx.x] = sum;
      weft_join_ways<WAYS, STEP>(sums, threadIdx.x, y, n);
      sum = sums[origin];
    }
    if constexpr (Code::MOMENTS) {
      Code::means(sum, n);
      weft_lanes<weft_squares_pass<Code>, COUNT, WAYS>(w, source, cell, sum, begin, n, y, square);
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
