import { defineConfig } from 'vitest/config'

// biome-ignore lint/style/noDefaultExport: the tool wants it so.
export default defineConfig({
  test: { include: ['test/**/*.test.ts'], environment: 'node' },
})
