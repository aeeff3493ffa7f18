import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // Real processes, sockets and a browser: give them room on a small machine.
    testTimeout: 30_000,
    hookTimeout: 60_000,
    maxWorkers: 2,
    // Servers are killed and clusters fail over for real here: on a busy machine one may need a second go. It is
    // printed when it did.
    retry: process.env.CI ? 1 : 0,
    setupFiles: ['test/support/no-network.ts'],
  },
})
