import { readFile } from 'node:fs/promises'
import { expect, test } from './test.ts'

const TUS = { 'Tus-Resumable': '1.0.0' }

async function create(origin: string, length: number): Promise<string> {
  const answer = await fetch(`${origin}/files`, {
    method: 'POST',
    headers: { ...TUS, 'Upload-Length': String(length) },
  })
  return origin + (answer.headers.get('Location') ?? '')
}

async function append(url: string, offset: number, body: Uint8Array<ArrayBuffer>): Promise<Response> {
  return await fetch(url, {
    method: 'PATCH',
    headers: { ...TUS, 'Upload-Offset': String(offset), 'Content-Type': 'application/offset+octet-stream' },
    body,
  })
}

test('sees what arrived, and its bytes', async ({ stage }) => {
  const file = await stage.file('sample.bin', 100_000)
  const url = await create(stage.proxy.origin, file.length)
  await append(url, 0, Uint8Array.from(await readFile(file.path)))
  await stage.arrived([file])
  expect(stage.proxy.of('PATCH')).toMatchObject([{ fromOffset: 0, toOffset: 100_000, bodyBytes: 100_000 }])
})

test('notices an upload too many, though it has no bytes', async ({ stage }) => {
  const file = await stage.file('sample.bin', 1_000)
  await append(await create(stage.proxy.origin, 1_000), 0, Uint8Array.from(await readFile(file.path)))
  await create(stage.proxy.origin, 1_000)
  await expect(stage.arrived([file])).rejects.toThrow('on the server')
})

test('notices other bytes', async ({ stage }) => {
  const file = await stage.file('sample.bin', 1_000)
  await append(await create(stage.proxy.origin, 1_000), 0, new Uint8Array(1_000))
  await expect(stage.arrived([file])).rejects.toThrow('on the server')
})

test('cuts a body, and passes on what came before', async ({ stage }) => {
  const url = await create(stage.proxy.origin, 1_000_000)
  stage.proxy.plan({ kind: 'cut', afterBytes: 300_000 }, ({ method }) => method === 'PATCH')
  await expect(append(url, 0, new Uint8Array(1_000_000))).rejects.toThrow()
  await expect.poll(() => stage.stored()).toMatchObject([{ offset: 300_000 }])
})

test('answers in place of the server, as often as planned', async ({ stage }) => {
  const url = await create(stage.proxy.origin, 1_000)
  stage.proxy.plan({ kind: 'answer', status: 401 }, ({ method }) => method === 'PATCH')
  expect((await append(url, 0, new Uint8Array(1_000))).status).toBe(401)
  expect((await append(url, 0, new Uint8Array(1_000))).status).toBe(204)
})

test('keeps what the server had when it was killed', async ({ stage }) => {
  const url = await create(stage.proxy.origin, 2_000)
  await append(url, 0, new Uint8Array(1_000))
  await stage.server.kill()
  await expect(fetch(url)).rejects.toThrow()
  await stage.server.restart()
  expect(await stage.stored()).toMatchObject([{ offset: 1_000, length: 2_000 }])
})
