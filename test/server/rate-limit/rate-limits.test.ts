import { describe, expect, it } from 'vitest'
import { AppError } from '../../../src/errors.ts'
import { RATE_LIMITS, rateLimitsSchema, type RateLimit } from '../../../src/server/rate-limit/limits.ts'
import { RateLimits } from '../../../src/server/rate-limit/rate-limits.ts'
import type { Store } from '../../../src/store/port.ts'
import { memoryStore } from '../../support/memory-store.ts'

const NOW = new Date('2026-01-31T08:00:00Z')

function process(store: Store, settings = rateLimitsSchema.parse('address=80'), now = () => NOW) {
  const errors: unknown[] = []
  const limits = new RateLimits({
    ...{ store, settings, clock: now },
    hash: (text) => `h${[...text].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 1e9, 7)}`,
    onError: (error) => void errors.push(error),
  })
  const takes = (times: number, subject = '192.0.2.1', limit: RateLimit = 'address') =>
    Array.from({ length: times }, () => {
      try {
        limits.take(limit, subject)
        return undefined
      } catch (error) {
        return error
      }
    })
  return { limits, errors, takes, taken: (times: number) => takes(times).filter((error) => !error).length }
}

/** Counts what is written. */
function watched(store: Store): Store & { puts(): number } {
  let puts = 0
  const put: Store['documents']['put'] = (writes) => {
    puts += 1
    return store.documents.put(writes)
  }
  return { ...store, documents: { ...store.documents, put }, puts: () => puts }
}

describe('limits', () => {
  it('refuse with the time to wait', () => {
    const { takes } = process(memoryStore())
    const error = takes(81).at(-1)
    expect(error).toBeInstanceOf(AppError)
    expect(error).toMatchObject({ code: 'rate-limited', subject: 'address' })
    expect(error instanceof AppError && error.retryAfterSeconds).toBeGreaterThan(0)
  })

  it('of one kind and subject do not touch others', () => {
    const { takes } = process(memoryStore())
    takes(100)
    expect(takes(1, '192.0.2.2')).toEqual([undefined])
    expect(takes(1, '192.0.2.1', 'token')).toEqual([undefined])
  })

  it('count the same for every process on the store, up to an eighth for each', async () => {
    const store = memoryStore()
    const [one, two] = [process(store), process(store)]
    let let_in = 0
    for (let round = 0; round < 30; round += 1) {
      let_in += one.taken(5) + two.taken(5)
      await Promise.all([one.limits.settled(), two.limits.settled()])
    }
    expect(let_in).toBeGreaterThanOrEqual(80)
    expect(let_in).toBeLessThanOrEqual(80 + 2 * 10)
  }, 40_000)

  it('outlive a restart', async () => {
    const store = memoryStore()
    const before = process(store)
    expect(before.taken(90)).toBe(80)
    await before.limits.settled()
    const after = process(store)
    after.taken(10)
    await after.limits.settled()
    expect(after.taken(90)).toBe(0)
  })

  it('cost no write below an eighth, and few above', async () => {
    const store = watched(memoryStore())
    const { takes, limits } = process(store)
    takes(9)
    await limits.settled()
    expect(store.puts()).toBe(0)
    takes(71)
    await limits.settled()
    expect(store.puts()).toBeGreaterThan(0)
    expect(store.puts()).toBeLessThanOrEqual(2)
  })

  it('leave one document for each limit, with no address in it', async () => {
    const store = memoryStore()
    const { takes, limits } = process(store)
    for (let host = 1; host <= 30; host += 1) takes(20, `192.0.2.${host}`)
    await limits.settled()
    const document = await store.documents.get('rate:{address}')
    expect(document).toBeDefined()
    expect(JSON.stringify(document)).not.toContain('192.0.2')
  })

  it('go on with what they know when the store is away', async () => {
    const store = memoryStore()
    const away = async () => Promise.reject(new TypeError('away'))
    const { taken, limits, errors } = process({ ...store, documents: { ...store.documents, get: away } })
    expect(taken(100)).toBe(80)
    await limits.settled()
    expect(errors.length).toBeGreaterThan(0)
  })

  it('can be switched off', () => {
    expect(process(memoryStore(), 'off').taken(5_000)).toBe(5_000)
  })
})

describe('RATE_LIMITS', () => {
  it('changes what it names and leaves the others', () => {
    expect(rateLimitsSchema.parse(' ask=60 , conversation = 9')).toEqual({
      ...RATE_LIMITS,
      ask: 60,
      conversation: 9,
    })
    expect(rateLimitsSchema.parse('')).toEqual(RATE_LIMITS)
    expect(rateLimitsSchema.parse('off')).toBe('off')
  })

  it.each(['asks=60', 'ask=0', 'ask=-1', 'ask', '__proto__=5', 'constructor=5', 'ask=1e9', '60'])(
    'does not take %s',
    (text) => {
      expect(rateLimitsSchema.safeParse(text).success).toBe(false)
    },
  )
})
