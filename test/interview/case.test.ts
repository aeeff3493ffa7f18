import { describe, expect, it } from 'vitest'
import { newCase, reopened, restarted, steppedBack, withAnswer } from '../../src/interview/case.ts'
import { resolved } from './support.ts'

const start = newCase('c1', 'zh-CN', new Date('2026-11-24T00:00:00Z'))
const answered = withAnswer(withAnswer(start, 'service.kind', 'website'), 'server.region', 'mainland')

describe('a case', () => {
  it('a change of an early answer leaves the later ones alone', () => {
    const changed = withAnswer(answered, 'service.kind', 'app')
    expect(changed.answers).toEqual({ 'service.kind': 'app', 'server.region': 'mainland' })
    expect(answered.answers['service.kind']).toBe('website')
  })

  it('back opens the last question of the path and remembers its answer', () => {
    const back = steppedBack(answered, resolved(answered.answers))
    expect(back.answers).toEqual({ 'service.kind': 'website' })
    expect(back.aside).toEqual({ 'server.region': 'mainland' })
  })

  it('back at the very start changes nothing', () => {
    expect(steppedBack(start, resolved({}))).toBe(start)
  })

  it('the former answer stays at hand until a new one replaces it', () => {
    const open = reopened(answered, 'service.kind')
    expect(open.aside).toEqual({ 'service.kind': answered.answers['service.kind'] })
    const replaced = withAnswer(open, 'service.kind', 'app')
    expect(replaced.aside).toEqual({})
  })

  it('reopening what is not there changes nothing', () => {
    for (const key of ['entity.kind', '__proto__', 'constructor', 'toString']) {
      expect(reopened(answered, key)).toBe(answered)
    }
  })

  it('restart forgets the answers, keeps case and language, and marks older buttons as old', () => {
    const fresh = restarted(reopened(answered, 'service.kind'))
    expect(fresh.answers).toEqual({})
    expect(fresh.aside).toEqual({})
    expect([fresh.id, fresh.language]).toEqual(['c1', 'zh-CN'])
    expect(fresh.epoch).toBe(fresh.revision)
    expect(fresh.revision).toBeGreaterThan(answered.revision)
  })
})
