/*
 * A slow disk: each fsync and fdatasync of the program takes FSYNC_DELAY_US microseconds more. Put into PostgreSQL by
 * LD_PRELOAD, so that lanes and batches can be measured as they would be on a disk that needs its time.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdlib.h>
#include <time.h>

static void wait_for_the_disk(void) {
  const char *text = getenv("FSYNC_DELAY_US");
  long us = text == NULL ? 0 : atol(text);
  struct timespec delay = {us / 1000000, (us % 1000000) * 1000};
  if (us > 0) nanosleep(&delay, NULL);
}

int fsync(int fd) {
  int (*next)(int) = (int (*)(int))dlsym(RTLD_NEXT, "fsync");
  wait_for_the_disk();
  return next(fd);
}

int fdatasync(int fd) {
  int (*next)(int) = (int (*)(int))dlsym(RTLD_NEXT, "fdatasync");
  wait_for_the_disk();
  return next(fd);
}
