/* Functions of NVML for a GPU that uses a joule and a half from each question to the next. */
#include <string.h>

static int started;
static int device;
static unsigned long long used = 1000;

int nvmlInit_v2(void) {
  started = 1;
  return 0;
}

int nvmlDeviceGetHandleByPciBusId_v2(const char *bus, void **handle) {
  if (!started) {
    return 1;
  }
  if (strcmp(bus, "0000:3b:00.0") == 0) {
    *handle = &device;
    return 0;
  }
  if (strcmp(bus, "0000:3c:00.0") == 0) {
    *handle = &started;
    return 0;
  }
  return 6;
}

int nvmlDeviceGetTotalEnergyConsumption(void *handle, unsigned long long *millijoules) {
  if (handle != &device) {
    return 3;
  }
  *millijoules = used;
  used += 1500;
  return 0;
}

const char *nvmlErrorString(int status) {
  return status == 3 ? "Not Supported" : status == 6 ? "Not Found" : "Uninitialized";
}
