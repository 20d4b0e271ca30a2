import { test as base } from '@playwright/test'
import { ServerProcess } from './server.ts'
import { Stage } from './stage.ts'

/** A test that has a stage. The server is shared: it starts for seconds, and tells tests apart. */
export const test = base.extend<{ stage: Stage }, { server: ServerProcess }>({
  server: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of fixtures from it.
    async ({}, use) => {
      const server = await ServerProcess.start()
      await use(server)
      await server.close()
    },
    { scope: 'worker', timeout: 120_000 },
  ],
  stage: async ({ server }, use) => {
    const stage = await Stage.set(server)
    await use(stage)
    await stage.clear()
  },
})

export { expect } from '@playwright/test'
