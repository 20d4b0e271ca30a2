import { describe, expect, it } from 'vitest'
import { boundsOf } from '../../src/core/kept.ts'

describe('a range of a kept file', () => {
  it.each([
    ['bytes=0-', { first: 0, end: 100 }],
    ['bytes=10-19', { first: 10, end: 20 }],
    ['bytes=90-500', { first: 90, end: 100 }],
    ['bytes=-30', { first: 70, end: 100 }],
    ['bytes=-300', { first: 0, end: 100 }],
    ['bytes=100-', { first: 100, end: 100 }],
    ['bytes=-', null],
    ['bytes=0-1,3-4', null],
    ['items=0-1', null],
  ])('%s is %o', (range, bounds) => {
    expect(boundsOf(range, 100)).toEqual(bounds)
  })
})
