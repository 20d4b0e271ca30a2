import { describe, expect, it } from 'vitest'
import { showPage, type Windows } from '../../src/sw/windows.ts'

describe('leading to the page', () => {
  /** What is done in a browser that has these windows. */
  async function lead(...urls: readonly string[]): Promise<readonly string[]> {
    const done: string[] = []
    const windows: Windows = {
      matchAll: async () =>
        urls.map((url) => ({ url, visibilityState: 'hidden', focus: async () => done.push(`shown ${url}`) })),
      openWindow: async (url) => done.push(`opened ${url}`),
    }
    await showPage(windows)
    return done
  }

  it('opens it when no window has it', async () => {
    expect(await lead()).toEqual(['opened /'])
  })

  it('shows the window that was used last', async () => {
    expect(await lead('http://server/?shared=1', 'http://server/')).toEqual(['shown http://server/?shared=1'])
  })

  it('does not take an uploaded file for the page', async () => {
    expect(await lead('http://server/files/1')).toEqual(['opened /'])
    expect(await lead('http://server/files/1', 'http://server/')).toEqual(['shown http://server/'])
  })
})
