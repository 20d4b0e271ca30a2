import { describe, expect, it } from 'vitest'
import { delayMs, meaningOf, RequestLength } from '../../src/core/policy.ts'

describe('the wait before another attempt', () => {
  it('doubles up to a minute, at random', () => {
    const most = [0, 1, 2, 5, 6, 100].map((attempts) => delayMs(attempts, null, () => 1))
    const least = [0, 6].map((attempts) => delayMs(attempts, null, () => 0))
    expect(most).toEqual([1_000, 2_000, 4_000, 32_000, 60_000, 60_000])
    expect(least).toEqual([100, 6_000])
  })

  it('is what the server asks for, up to a day', () => {
    expect(delayMs(9, 1_500, () => 1)).toBe(1_500)
    expect(delayMs(0, 10 ** 12, () => 1)).toBe(86_400_000)
  })
})

describe('the length of a request', () => {
  it('grows until a request takes about two seconds', () => {
    const length = new RequestLength(false)
    expect(length.next).toBe(1 << 20)
    length.sent(1 << 20, 10)
    expect(length.next).toBe(4 << 20)
    length.sent(4 << 20, 4_000)
    expect(length.next).toBe(2 << 20)
  })

  it('never grows beyond 64 MiB, or 16 MiB when it is checked as a whole', () => {
    const lengths = [new RequestLength(false), new RequestLength(true)]
    for (const length of lengths) for (let i = 0; i < 10; i++) length.sent(length.next, 1)
    expect(lengths.map((length) => length.next)).toEqual([64 << 20, 16 << 20])
  })

  it('says nothing about the network when a request was the short last one', () => {
    const length = new RequestLength(false)
    length.sent(10, 1_000)
    expect(length.next).toBe(1 << 20)
  })

  it('shrinks to 256 KiB and then tells that it cannot', () => {
    const length = new RequestLength(false)
    expect([length.shrink(), length.next]).toEqual([true, 256 << 10])
    expect([length.shrink(), length.next]).toEqual([false, 256 << 10])
  })

  it('gives a slow network four times what the request should take', () => {
    const length = new RequestLength(false)
    expect(length.stallTimeoutMs(null)).toBe(30_000)
    expect(length.stallTimeoutMs((1 << 20) / 60_000)).toBe(240_000)
  })
})

describe('the meaning of a status', () => {
  it.each([
    [401, 'sign-in'],
    [403, 'sign-in'],
    [404, 'gone'],
    [410, 'gone'],
    [409, 'ask-offset'],
    [413, 'too-large'],
    [460, 'damaged'],
    [408, 'again'],
    [423, 'again'],
    [429, 'again'],
    [500, 'again'],
    [503, 'again'],
    [507, 'again'],
    [400, 'refused'],
    [412, 'refused'],
    [415, 'refused'],
    [501, 'refused'],
  ])('of %i is %s', (status, kind) => {
    expect(meaningOf(status, '').kind).toBe(kind)
  })
})
