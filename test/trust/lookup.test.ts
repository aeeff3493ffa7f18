import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { CaseCodes } from '../../src/bot/case-code.ts'
import { caseKey, conversationKey } from '../../src/bot/keys.ts'
import { openLookup } from '../../src/trust/lookup.ts'
import { memoryStore } from '../support/memory-store.ts'

const clock = () => new Date('2026-11-24T02:00:00Z')
const place = { channelId: 'directline', conversationId: 'one' }
const other = { channelId: 'directline', conversationId: 'two' }

/** The names of before: a plain digest of the code alone. */
const asBefore = (text: string): string =>
  createHash('sha256').update(text.replace('case code ', '')).digest('base64url').slice(0, 22)

describe('keyed hashes for look-up', () => {
  it('are the same for a store, and different between stores', async () => {
    const [one, two] = [memoryStore(), memoryStore()]
    const hash = await openLookup(one)
    expect(hash('ABCD2345')).toMatch(/^[\w-]{22}$/)
    expect((await openLookup(one))('ABCD2345')).toBe(hash('ABCD2345'))
    expect((await openLookup(two))('ABCD2345')).not.toBe(hash('ABCD2345'))
  })

  it('open case codes, also those from before there were keys, which then go', async () => {
    const store = memoryStore()
    const caseId = conversationKey('directline', 'one')
    await store.documents.put([{ key: caseKey(caseId), expected: 0, value: {} }])
    const before = await new CaseCodes({ store, clock, hash: asBefore }).issue(caseId, place)
    const codes = new CaseCodes({ store, clock, hash: await openLookup(store) })
    expect(await codes.resume(before.code, before.secret, other)).toEqual({ ok: true, caseId })
    const after = await codes.issue(caseId, place)
    expect(after.code).toBe(before.code)
    expect((await codes.resume(before.code, before.secret, other)).ok).toBe(false)
    expect(await codes.resume(after.code, after.secret, other)).toEqual({ ok: true, caseId })
    // Without the key of the store the code leads nowhere any more.
    expect((await new CaseCodes({ store, clock }).resume(after.code, after.secret, other)).ok).toBe(false)
  })
})
