import { expect, it } from 'vitest'
import { deadLetterLine } from '../../src/bot/dead-letter-line.ts'
import { CANARIES } from './canaries.ts'

it('shows an operator no personal data of a dead letter, and its id whole', () => {
  const id = '1234567890123456'
  const shown = deadLetterLine({
    ...{ id, queue: 'outbox:slack', attempts: 12, at: '2026-11-24T08:00:00Z' },
    item: { id: 'x', value: { said: `call ${CANARIES['leader.mobile']}, ${CANARIES['leader.email']}` } },
    error: `upstream-rejected: ${CANARIES['leader.identity-number']}`,
  })
  expect(shown).toContain(id)
  expect(shown).toContain('12 attempts')
  expect(shown).toContain('[phone]')
  for (const value of Object.values(CANARIES)) expect(shown).not.toContain(value)
})
