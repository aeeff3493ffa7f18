import { expect, it } from 'vitest'
import { resolveCase } from '../../src/bot/turn/brain.ts'
import { noticesOf } from '../../src/interview/outcomes.ts'
import { resolve } from '../../src/interview/resolve.ts'
import { brain } from '../support/brain.ts'

const answers = { 'service.kind': 'website', 'server.region': 'mainland', 'server.provider': 'alibaba-cloud' }

it('the turn and the view after it share one resolution', () => {
  expect(resolveCase(brain, answers, '2026-11-24')).toBe(resolveCase(brain, answers, '2026-11-24'))
})

it('other answers, another day and another book are resolved anew', () => {
  const first = resolveCase(brain, answers, '2026-11-24')
  expect(resolveCase(brain, { ...answers }, '2026-11-24')).not.toBe(first)
  expect(resolveCase(brain, answers, '2026-11-25').assessment.asOf).toBe('2026-11-25')
  const other = { ...brain, book: { ...brain.book } }
  expect(resolveCase(other, answers, '2026-11-24')).not.toBe(resolveCase(brain, answers, '2026-11-24'))
})

it('the notices of a section are those of a fresh resolution', () => {
  const kept = resolveCase(brain, answers, '2026-11-24')
  const fresh = resolve(brain.book, brain.dialogs, answers, '2026-11-24')
  for (const { section } of kept.sections) {
    const first = noticesOf(brain.book, section, kept)
    expect(noticesOf(brain.book, section, kept)).toBe(first)
    expect(noticesOf(brain.book, section, fresh)).toEqual(first)
  }
})
