import { defineConfig } from '@playwright/test'

// biome-ignore lint/style/noDefaultExport: the tool wants it so.
export default defineConfig({
  testDir: '.',
  testMatch: '*.e2e.ts',
  // Each test watches the clock of one browser and one server: side by side they would slow each other.
  workers: 1,
  retries: 0,
  timeout: 60_000,
  expect: { timeout: 15_000 },
  forbidOnly: process.env.CI !== undefined,
  reporter: [['list']],
  outputDir: '../target/e2e',
})
