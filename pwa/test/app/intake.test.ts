import { describe, expect, it } from 'vitest'
import { Inside } from '../../src/app/intake/drop.ts'
import { nameImages } from '../../src/app/intake/paste.ts'
import { outcomeOf, reportShare } from '../../src/app/intake/shared.ts'
import { takeFiles } from '../../src/app/intake/transfer.ts'

/** A part of a file tree: a file's text, a folder's children by name, or what cannot be read. */
type Tree = string | { readonly [name: string]: Tree } | null

const MOST_AT_ONCE = 100

function entryOf(path: string, tree: Tree): FileSystemEntry {
  const name = path.slice(path.lastIndexOf('/') + 1)
  const isDirectory = typeof tree === 'object' && tree !== null
  return {
    name,
    fullPath: path,
    isFile: !isDirectory,
    isDirectory,
    file: (resolve: (file: File) => void, reject: (failure: Error) => void) =>
      typeof tree === 'string' ? resolve(new File([tree], name)) : reject(new Error('gone')),
    createReader: () => readerOf(path, isDirectory ? tree : {}),
  } as unknown as FileSystemEntry
}

/** Gives at most a hundred entries at once, as Chromium does. */
function readerOf(path: string, children: { readonly [name: string]: Tree }) {
  const left = Object.entries(children).map(([name, tree]) => entryOf(`${path}/${name}`, tree))
  return {
    readEntries: (resolve: (entries: readonly FileSystemEntry[]) => void) =>
      setTimeout(() => resolve(left.splice(0, MOST_AT_ONCE))),
  }
}

/** A transfer that is empty as soon as its event is over, as in browsers. */
function transferOf(trees: readonly (readonly [name: string, tree: Tree])[]): DataTransfer {
  const items = trees.map(([name, tree]) => ({
    kind: 'file',
    webkitGetAsEntry: () => entryOf(`/${name}`, tree),
    getAsFile: () => new File([], name),
  }))
  queueMicrotask(() => items.splice(0))
  return { items, files: [], types: ['Files'] } as unknown as DataTransfer
}

async function pathsOf(transfer: DataTransfer): Promise<readonly string[]> {
  return (await takeFiles(transfer)).files.map(({ path }) => path)
}

describe('taking files out of a transfer', () => {
  it('takes files of nested folders with their paths', async () => {
    const trip = { 'a.txt': 'a', day: { 'b.txt': 'b' } }
    expect(await pathsOf(transferOf([['trip', trip]]))).toEqual(['trip/a.txt', 'trip/day/b.txt'])
  })

  it('takes all items although the transfer is empty after the event', async () => {
    const transfer = transferOf([
      ['trip', { 'a.txt': 'a' }],
      ['b.txt', 'b'],
    ])
    expect(await pathsOf(transfer)).toEqual(['trip/a.txt', 'b.txt'])
  })

  it('takes more files of a folder than the browser gives at once', async () => {
    const names = Array.from({ length: 2 * MOST_AT_ONCE + 1 }, (_, index) => `${index}.txt`)
    const folder = Object.fromEntries(names.map((name) => [name, name]))
    expect(await pathsOf(transferOf([['many', folder]]))).toHaveLength(names.length)
  })

  it('makes no file of an empty folder', async () => {
    expect(await takeFiles(transferOf([['empty', {}]]))).toEqual({ files: [], unreadable: [] })
  })

  it('names the files that cannot be read and takes the others', async () => {
    const taken = await takeFiles(transferOf([['trip', { 'a.txt': null, 'b.txt': 'b' }]]))
    expect(taken.files.map(({ path }) => path)).toEqual(['trip/b.txt'])
    expect(taken.unreadable).toEqual(['trip/a.txt'])
  })

  it('takes a file once although it was handed over twice', async () => {
    const file = new File(['a'], 'a.txt', { lastModified: 1 })
    const transfer = { items: [], files: [file, file] } as unknown as DataTransfer
    expect(await pathsOf(transfer)).toEqual(['a.txt'])
  })

  it('takes two files of one name', async () => {
    const files = [new File(['a'], 'a.txt'), new File(['another'], 'a.txt')]
    expect(await pathsOf({ items: [], files } as unknown as DataTransfer)).toEqual(['a.txt', 'a.txt'])
  })

  it('makes no file of a folder where folders cannot be told from files', async () => {
    const folder = new File([], 'folder')
    Object.defineProperty(folder, 'slice', {
      value: () => ({ arrayBuffer: () => Promise.reject(new Error('a folder')) }),
    })
    const transfer = { items: [], files: [folder] } as unknown as DataTransfer
    expect(await takeFiles(transfer)).toEqual({ files: [], unreadable: ['folder'] })
  })
})

describe('a drag', () => {
  const page = Object.assign(new EventTarget(), { isConnected: true })
  const row = Object.assign(new EventTarget(), { isConnected: true })

  it('stays inside when it goes from one element to another', () => {
    const inside = new Inside()
    inside.enter(page)
    inside.enter(row)
    inside.leave(page)
    expect(inside.any).toBe(true)
  })

  it('is outside after one leave although it has entered twice', () => {
    const inside = new Inside()
    inside.enter(page)
    inside.enter(page)
    inside.leave(page)
    expect(inside.any).toBe(false)
  })

  it('is outside when the element that it was within has gone', () => {
    const inside = new Inside()
    const gone = Object.assign(new EventTarget(), { isConnected: true })
    inside.enter(gone)
    gone.isConnected = false
    expect(inside.any).toBe(false)
  })
})

describe('naming pasted files', () => {
  const now = new Date(2026, 10, 21, 7, 5, 9)
  const image = (lastModified: number, name = 'image.png') => {
    const file = new File(['x'], name, { type: 'image/png', lastModified })
    return { file, path: name }
  }
  const names = (...images: readonly ReturnType<typeof image>[]) =>
    nameImages(images, now).map(({ file, path }) => [file.name, path])

  it('gives an image of the clipboard the date', () => {
    const name = 'pasted-2026-11-21-070509.png'
    expect(names(image(now.getTime()))).toEqual([[name, name]])
  })

  it('gives two images different names', () => {
    const [first, second] = names(image(now.getTime()), image(now.getTime()))
    expect(second?.[0]).toBe('pasted-2026-11-21-070509-2.png')
    expect(second).not.toEqual(first)
  })

  it('leaves a file that is really called image.png its name', () => {
    expect(names(image(now.getTime() - 60_000))).toEqual([['image.png', 'image.png']])
  })

  it('leaves other names alone', () => {
    expect(names(image(now.getTime(), 'cat.png'))).toEqual([['cat.png', 'cat.png']])
  })
})

describe('the outcome of a share', () => {
  it('is none in an address without one', () => {
    expect(outcomeOf(new URLSearchParams('unreadable=1'))).toBeNull()
  })

  it('tells how many files are kept and how many were unreadable', () => {
    const outcome = outcomeOf(new URLSearchParams('shared=1&unreadable=2'))
    expect(outcome).toEqual({ kept: true, unreadable: 2, noRoom: false, full: false })
  })

  it('tells that there was no room', () => {
    expect(outcomeOf(new URLSearchParams('shared=0&noroom=1'))?.noRoom).toBe(true)
  })

  it('takes no number that it did not write', () => {
    expect(outcomeOf(new URLSearchParams('shared=0&unreadable=1e9'))?.unreadable).toBe(0)
  })

  it('is told once, and the rest of the address stays', () => {
    const target = windowAt('http://page/?shared=1&view=all#top')
    const told: boolean[] = []
    reportShare(target, ({ kept }) => told.push(kept))
    reportShare(target, ({ kept }) => told.push(kept))
    expect(told).toEqual([true])
    expect(target.location.href).toBe('http://page/?view=all#top')
  })
})

function windowAt(href: string): Window {
  const location = { href }
  const history = {
    state: null,
    replaceState: (_state: unknown, _unused: string, url: URL) => {
      location.href = url.href
    },
  }
  return { location, history } as unknown as Window
}
