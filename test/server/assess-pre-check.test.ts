import { z } from 'zod'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestApp, type TestApp } from '../support/app.ts'

let app: TestApp
beforeAll(async () => {
  app = await startTestApp()
})
afterAll(() => app.end())

const answer = z.looseObject({
  preCheck: z.array(
    z.looseObject({
      id: z.string(),
      rejection: z.string().nullable(),
      severity: z.enum(['rejects', 'likely', 'paper', 'advise']),
      title: z.string().min(1),
      text: z.string().min(1),
      fix: z.string().min(1),
      keys: z.array(z.string()).min(1),
      sources: z.array(z.unknown()).min(1),
      certain: z.boolean(),
      conflicts: z.array(z.looseObject({ advice: z.string(), positions: z.array(z.unknown()).min(2) })),
    }),
  ),
})
const PLAIN = {
  'service.kind': 'website',
  'server.region': 'mainland',
  'server.provider': 'alibaba-cloud',
  'entity.kind': 'enterprise',
  'entity.province': 'CN-CQ',
  'entity.filing': 'none',
  'domain.filing': 'none',
  'website.services': ['none'],
  'order.open': 'no',
}

async function preCheck(answers: object, lang = 'en') {
  const response = await fetch(`${app.server.url}/api/assess`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ answers, lang, asOf: '2026-11-24' }),
  })
  expect(response.status).toBe(200)
  return answer.parse(await response.json()).preCheck
}

describe('POST /api/assess tells what a reviewer would object to', () => {
  it('nothing where nothing is wrong, and nothing about what was not answered', async () => {
    expect(await preCheck(PLAIN)).toEqual([])
    expect(await preCheck({})).toEqual([])
    expect(await preCheck({ 'server.region': 'outside-mainland', 'domain.holder': 'somebody-else' })).toEqual(
      [],
    )
  })

  it('with rejection, severity, source and conflicts, in both languages', async () => {
    for (const lang of ['en', 'zh-CN']) {
      const found = await preCheck({ ...PLAIN, 'domain.holder': 'legal-representative' }, lang)
      expect(found).toMatchObject([
        { rejection: 'reject.holder', severity: 'likely', keys: ['domain.holder'] },
      ])
      expect(found[0]?.conflicts.length).toBeGreaterThan(0)
    }
  })

  it('as possible only where the answer is open', async () => {
    const found = await preCheck({ ...PLAIN, 'server.billing': 'unsure' })
    expect(found).toMatchObject([{ rejection: 'reject.server', certain: false }])
  })
})
