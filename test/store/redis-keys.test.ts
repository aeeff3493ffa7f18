import { describe, expect, test } from 'vitest'
import { ttlOf } from '../../src/store/redis/config.ts'
import { BUCKETS, KeySpace, bucketOf } from '../../src/store/redis/keys.ts'
import { tagOf, tagOfBatch } from '../../src/store/tags.ts'
import { parseRedisUrl } from '../../src/store/redis/url.ts'
import { ODD_NAMES, failure, range } from './helpers.ts'

describe('the tag of a key', () => {
  test.each([
    ['case:abc', 'abc'],
    ['turn:abc', 'abc'],
    ['dl:conversation:abc', 'abc'],
    ['dl:log:abc', 'abc'],
    ['turn:{abc}:17', 'abc'],
    ['turn:{19:x@thread}:17', '19:x@thread'],
    ['settings', ''],
    ['case:', ''],
    ['empty {} braces:a', 'a'],
    ['{open:a', 'a'],
    ['备案:甲', '甲'],
  ])('of %s is %s', (key, tag) => expect(tagOf(key)).toBe(tag))

  test('every key has a bucket, and buckets fill evenly', () => {
    for (const name of ODD_NAMES) expect(bucketOf(tagOf(name))).toBeLessThan(BUCKETS)
    const filled = new Set(range(1, 20_000).map((n) => bucketOf(`case ${n}`)))
    expect(filled.size).toBe(BUCKETS)
  })

  test('names in Redis lie in the slot of their bucket, whatever braces a key holds', () => {
    const keys = new KeySpace('icp:')
    for (const key of ['case:abc', '{a}b', '{}', '}{', 'x{y']) {
      for (const name of [keys.document(key), keys.log(key), keys.ids(key), keys.items(key), keys.due(key)]) {
        expect(/\{([^}]*)\}/.exec(name)?.[1]).toBe(`${bucketOf(tagOf(key))}`)
        expect(name.endsWith(key)).toBe(true)
      }
    }
  })

  test('a batch has one tag, or is refused without naming the cases', async () => {
    expect(tagOfBatch(['case:abc', 'turn:{abc}:1', 'x:y:abc'])).toBe('abc')
    const error = await failure('request-invalid', async () => tagOfBatch(['case:abc', 'case:secret']))
    expect(error.message).not.toContain('secret')
  })
})

describe('retention', () => {
  test('the longest start that fits counts', () => {
    const settings = { ttlSeconds: { '': 1, 'case:': 30, 'case:kept:': 0 } }
    expect(ttlOf(settings, 'case:abc')).toBe(30_000)
    expect(ttlOf(settings, 'case:kept:abc')).toBe(0)
    expect(ttlOf(settings, 'turn:abc')).toBe(1000)
    expect(ttlOf({ ttlSeconds: {} }, 'case:abc')).toBe(0)
  })
})

describe('REDIS_URL', () => {
  test.each([
    [
      'redis://localhost',
      { topology: 'single', tls: false, db: 0, addresses: [{ host: 'localhost', port: 6379 }] },
    ],
    ['rediss://h:1/3', { topology: 'single', tls: true, db: 3, addresses: [{ host: 'h', port: 1 }] }],
    ['redis://[::1]:7', { addresses: [{ host: '::1', port: 7 }] }],
    ['redis://:p%40ss@h', { username: undefined, password: 'p@ss', shown: 'redis://h' }],
    ['redis://bot:a:b@h', { username: 'bot', password: 'a:b' }],
    [
      'redis+sentinel://u:p@a:1,b/main/2',
      {
        topology: 'sentinel',
        name: 'main',
        db: 2,
        addresses: [
          { host: 'a', port: 1 },
          { host: 'b', port: 26379 },
        ],
        shown: 'redis+sentinel://a:1,b/main/2',
      },
    ],
    ['rediss+cluster://a,b:2', { topology: 'cluster', tls: true, db: 0 }],
    [' REDIS://h ', { topology: 'single' }],
  ])('%s is read', (url, expected) => expect(parseRedisUrl(url)).toMatchObject(expected))

  test.each([
    '',
    'localhost:6379',
    'http://h',
    'redis://',
    'redis://:secret@',
    'redis://h:0',
    'redis://h:99999',
    'redis://h:x',
    'redis://a,b',
    'redis://h/x',
    'redis://h/1/2',
    'redis://h?password=secret',
    'redis://secret@h',
    'redis://u:%zz@h',
    'redis+sentinel://h:1',
    'redis+cluster://h/1',
    'redis+magic://h',
    'redis://h h',
  ])('%s is refused, with the forms that work and without the password', async (url) => {
    const error = await failure('config-invalid', async () => parseRedisUrl(url))
    expect(error.subject).toBe('REDIS_URL')
    expect(error.remedy).toContain('redis+cluster://')
    expect(error.message).not.toContain('secret')
  })
})
