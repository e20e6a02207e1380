// CUDA C on the host, as far as Weft's kernels use it: threads of a block run in turn on one core, as plain calls or,
// where they wait for each other, as fibers that are switched at barriers.
#pragma once
#include <math.h>
#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <ucontext.h>
#include <type_traits>

#define __global__
#define __device__
#define __forceinline__ inline
#define __grid_constant__
#define __launch_bounds__(...)
// Blocks run one after the other, so one copy serves all of them.
#define __shared__ static

struct weft_dim {
  unsigned int x, y;
};
static weft_dim threadIdx, blockIdx, blockDim, gridDim;

// Recording of memory accesses: nothing, unless meter_on_host.h stands before.
#ifndef WEFT_METER
static inline void weft_meter_barrier(int) {}
static inline void weft_meter_block(int) {}
#endif

template <typename To, typename From>
static inline To weft_bits(From from) {
  static_assert(sizeof(To) == sizeof(From), "the same width");
  To to;
  memcpy(&to, &from, sizeof(to));
  return to;
}
static inline long long __double_as_longlong(double x) { return weft_bits<long long>(x); }
static inline double __longlong_as_double(long long x) { return weft_bits<double>(x); }
static inline int __float_as_int(float x) { return weft_bits<int>(x); }
static inline float __int_as_float(int x) { return weft_bits<float>(x); }
static inline int __popcll(unsigned long long x) { return __builtin_popcountll(x); }
static inline unsigned int __brev(unsigned int x) {
  unsigned int y = 0;
  for (int i = 0; i < 32; i++) y |= (x >> i & 1u) << (31 - i);
  return y;
}

// glibc's cbrt is 2 ulps off at places, CUDA's 1 at most.
static inline double weft_cbrt(double x) { return (double) cbrtl((long double) x); }
static inline float weft_cbrt(float x) { return cbrtf(x); }
#define cbrt weft_cbrt

// --- Fibers: a stack for each thread of a block, kept from launch to launch. ---

struct weft_fiber {
  jmp_buf at;
  bool started, done;
};
static const int WEFT_MOST_THREADS = 1024;
static const size_t WEFT_STACK = 128 * 1024;
static weft_fiber weft_fibers[WEFT_MOST_THREADS];
static jmp_buf weft_scheduler;
static int weft_current;
static void (*weft_body)(const void *function, const void *words);
static const void *weft_function;
static const void *weft_argument;

static inline void weft_yield() {
  if (_setjmp(weft_fibers[weft_current].at) == 0) _longjmp(weft_scheduler, 1);
}

static inline void __syncthreads() {
  weft_meter_barrier((int) threadIdx.x);
  weft_yield();
}

static void weft_fiber_main() {
  for (;;) {
    weft_body(weft_function, weft_argument);
    weft_fibers[weft_current].done = true;
    weft_yield();
  }
}

static void weft_resume(int thread) {
  weft_current = thread;
  threadIdx.x = (unsigned int) thread;
  weft_fiber &fiber = weft_fibers[thread];
  if (_setjmp(weft_scheduler) != 0) return;
  if (fiber.started) _longjmp(fiber.at, 1);
  fiber.started = true;
  static ucontext_t context;
  getcontext(&context);
  context.uc_stack.ss_sp = malloc(WEFT_STACK);
  context.uc_stack.ss_size = WEFT_STACK;
  context.uc_link = nullptr;
  makecontext(&context, weft_fiber_main, 0);
  setcontext(&context);
}

// Runs the threads of a block from barrier to barrier, in turns from the first and from the last, so that a missing
// barrier shows. False if some threads ended while others wait.
static bool weft_run_block(int threads) {
  for (int t = 0; t < threads; t++) weft_fibers[t].done = false;
  for (int round = 0;; round++) {
    int done = 0;
    for (int i = 0; i < threads; i++) {
      const int t = round % 2 == 0 ? i : threads - 1 - i;
      weft_resume(t);
      done += weft_fibers[t].done;
    }
    if (done == threads) return true;
    if (done != 0) return false;
  }
}

template <typename Words>
static void weft_call(const void *function, const void *words) {
  ((void (*)(Words)) function)(*(const Words *) words);
}

// Runs a whole grid, chunk by chunk; 0 when all went well, 1 when the threads of a block met at different barriers.
template <typename Words>
static int weft_run_grid(
    void (*function)(Words), bool synchronizes, int grid, int chunks, int block,
    const void *words) {
  gridDim.x = (unsigned int) grid;
  gridDim.y = (unsigned int) chunks;
  blockDim.x = (unsigned int) block;
  for (int b = 0; b < grid * chunks; b++) {
    blockIdx.x = (unsigned int) (b % grid);
    blockIdx.y = (unsigned int) (b / grid);
    if (synchronizes) {
      weft_body = weft_call<Words>;
      weft_function = (const void *) function;
      weft_argument = words;
      if (!weft_run_block(block)) return 1;
    } else {
      for (int t = 0; t < block; t++) {
        threadIdx.x = (unsigned int) t;
        function(*(const Words *) words);
      }
    }
    weft_meter_block(block);
  }
  return 0;
}
