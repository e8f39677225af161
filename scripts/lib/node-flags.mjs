/**
 * How Node keeps its memory when it runs our programs. V8 sizes its spaces for a machine with much memory and one program
 * on it: under load the server then takes a half more, nearly all of it garbage that waits to be collected. The price is
 * a few hundredths of the server's processor time (docs/performance.md). New garbage is collected by one thread: several
 * get in each other's way and in PostgreSQL's on a machine whose processors are all at work.
 */
export const NODE_FLAGS = ['--max-semi-space-size=8', '--heap-growing-percent=40', '--no-parallel-scavenge']

/**
 * The same for what the C library keeps, where it is glibc; others pass these over. Buffers of passwords' hashes and of
 * requests come from several threads, and glibc by default keeps a heap for each, and in them what was freed.
 */
export const MEMORY_SETTINGS = {
  MALLOC_ARENA_MAX: '2',
  MALLOC_MMAP_THRESHOLD_: '262144',
  MALLOC_TRIM_THRESHOLD_: '262144',
}
