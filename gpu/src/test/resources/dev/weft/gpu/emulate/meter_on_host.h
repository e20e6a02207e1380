// Records what the threads of a block read and write, for MeteredText. Stands before cuda_on_host.h.
#pragma once
#define WEFT_METER
#include <algorithm>
#include <tuple>
#include <vector>

struct weft_access {
  int warp, part, site, ordinal;  // accesses that are alike in these are one of the warp's
  long long address;
  int bytes;
  bool store;
};

// Sums over the accesses of warps: their number, distinct bytes, sectors of 32 bytes.
struct weft_traffic {
  long long accesses, bytes, sectors;
};

static std::vector<weft_access> weft_accesses;
static weft_traffic weft_traffics[2];  // loads, stores
// Loads of threads, each counted once, and as often as there are loads that it flies with.
static long long weft_flown, weft_flown_together;

// Of each thread: barriers it has passed, how often it came by each site since the last, loads that nothing divides.
struct weft_progress {
  int part;
  long long flying;
  std::vector<int> ordinals;
};
static weft_progress weft_progresses[1024];

static void weft_meter_divide(int thread) {
  weft_progress &progress = weft_progresses[thread];
  weft_flown += progress.flying;
  weft_flown_together += progress.flying * progress.flying;
  progress.flying = 0;
}

static void weft_meter_barrier(int thread) {
  weft_meter_divide(thread);
  weft_progresses[thread].part++;
  weft_progresses[thread].ordinals.clear();
}

static void weft_meter_access(int thread, int site, long long address, int bytes, bool store) {
  weft_progress &progress = weft_progresses[thread];
  if (store) weft_meter_divide(thread); else progress.flying++;
  if ((int) progress.ordinals.size() <= site) progress.ordinals.resize(site + 1, 0);
  weft_accesses.push_back(
      {thread / 32, progress.part, site, progress.ordinals[site]++, address, bytes, store});
}

// Adds up what the threads of a block did.
static void weft_meter_block(int threads) {
  for (int thread = 0; thread < threads; thread++) {
    weft_meter_barrier(thread);
    weft_progresses[thread].part = 0;
  }
  auto key = [](const weft_access &a) { return std::tie(a.warp, a.part, a.site, a.ordinal); };
  std::sort(weft_accesses.begin(), weft_accesses.end(), [&](const auto &a, const auto &b) {
    return std::make_tuple(key(a), a.address) < std::make_tuple(key(b), b.address);
  });
  for (size_t from = 0, to; from < weft_accesses.size(); from = to) {
    weft_traffic &traffic = weft_traffics[weft_accesses[from].store];
    traffic.accesses++;
    long long last_address = -1, last_sector = -1;
    for (to = from; to < weft_accesses.size(); to++) {
      const weft_access &a = weft_accesses[to];
      if (key(a) != key(weft_accesses[from])) break;
      if (a.address == last_address) continue;
      last_address = a.address;
      traffic.bytes += a.bytes;
      const long long first = a.address / 32, end = (a.address + a.bytes - 1) / 32;
      traffic.sectors += end - std::max(first - 1, last_sector);
      last_sector = end;
    }
  }
  weft_accesses.clear();
}

// Trips of a loop of which the compiler lays `unroll` side by side.
struct weft_trips {
  const int unroll;
  int trips = 0;
  explicit weft_trips(int unroll) : unroll(unroll) {}
  bool next();
};

// Gives the sums since the last call.
extern "C" __attribute__((visibility("default"))) void weft_meter_take(long long *sums) {
  for (int i = 0; i < 2; i++) {
    *sums++ = weft_traffics[i].accesses;
    *sums++ = weft_traffics[i].bytes;
    *sums++ = weft_traffics[i].sectors;
    weft_traffics[i] = {};
  }
  *sums++ = weft_flown;
  *sums++ = weft_flown_together;
  weft_flown = weft_flown_together = 0;
}
