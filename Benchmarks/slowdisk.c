// A slow disk, for programs that are started with it in LD_PRELOAD: each sync takes at least
// SLOW_DISK_US microseconds. Cheap shop disks need about 8000.
#include <dlfcn.h>
#include <stdlib.h>
#include <time.h>

static int slowly(int (*sync)(int), int file) {
  struct timespec end;
  clock_gettime(CLOCK_MONOTONIC, &end);
  const char *setting = getenv("SLOW_DISK_US");
  end.tv_nsec += (setting ? atol(setting) : 0) * 1000;
  end.tv_sec += end.tv_nsec / 1000000000;
  end.tv_nsec %= 1000000000;
  int result = sync(file);
  clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &end, NULL);
  return result;
}

int fsync(int file) { return slowly((int (*)(int))dlsym(RTLD_NEXT, "fsync"), file); }

int fdatasync(int file) { return slowly((int (*)(int))dlsym(RTLD_NEXT, "fdatasync"), file); }
