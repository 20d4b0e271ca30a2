import { defineConfig } from 'vitest/config'

// biome-ignore lint/style/noDefaultExport: the tool wants it so.
export default defineConfig({
  test: { include: ['test/core/**/*.test.ts', 'test/app/**/*.test.ts'], environment: 'node' },
})
