import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'test/**/*.test.ts'],
    globalSetup: ['test/support/global-setup.ts'],
    environment: 'node',
    pool: 'forks',
    maxWorkers: 2,
    // Whole servers, databases and browsers on a busy machine: a second try, which the report marks, and not a third.
    retry: 1,
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
})
