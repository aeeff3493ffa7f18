import fc from 'fast-check'
import { z } from 'zod'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { brain } from '../support/brain.ts'
import { startTestApp, type TestApp } from '../support/app.ts'

let app: TestApp
const WHOLE = {
  'server.region': 'mainland',
  'server.provider': 'alibaba-cloud',
  'entity.kind': 'enterprise',
  'entity.province': 'CN-JS',
  'entity.filing': 'none',
  'domain.filing': 'none',
  'website.services': ['news', 'bulletin-board'],
  'website.commercial': 'no',
  'website.interactive': 'yes',
  'leader.residency': 'mainland',
}
beforeAll(async () => {
  app = await startTestApp()
})
afterAll(() => app.end())

const statement = z.looseObject({
  text: z.string().min(1),
  ruleId: z.string(),
  sources: z.array(z.unknown()).min(1),
})
const duty = z.looseObject({ id: z.string(), text: z.string(), due: z.unknown() })
/** What other programs rely on. */
const contract = z.looseObject({
  lang: z.string(),
  filing: z.looseObject({
    type: z.string().nullable(),
    possible: z.array(z.string()),
    labels: z.record(z.string(), z.string()),
    reasons: z.array(statement),
  }),
  preApprovals: z.array(
    statement.extend({
      category: z.string(),
      need: z.enum(['required', 'ask-locally', 'no-longer-required']).nullable(),
      authority: z.string().optional(),
      document: z.string().optional(),
    }),
  ),
  commercialLicence: z.looseObject({ result: z.enum(['required', 'not-required', 'open']) }),
  documents: z.array(duty),
  province: z
    .looseObject({
      id: z.string(),
      requirements: z.array(
        z.looseObject({
          id: z.string(),
          topic: z.string(),
          text: z.string(),
          sources: z.array(z.unknown()).min(1),
          confidence: z.string(),
        }),
      ),
    })
    .optional(),
  sms: z.looseObject({ required: z.boolean().nullable() }),
  obligations: z.array(duty),
  open: z.array(z.string()),
})
const problem = z.looseObject({
  status: z.number(),
  code: z.string(),
  detail: z.string().min(10),
  remedy: z.string().min(10),
  subject: z.string().optional(),
})

async function post(body: unknown, headers: Record<string, string> = {}) {
  const response = await fetch(`${app.address}/api/assess`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  })
  return { status: response.status, body: await response.json() }
}

async function assessed(body: unknown, headers: Record<string, string> = {}) {
  const { status, body: given } = await post(body, headers)
  expect(status).toBe(200)
  return contract.parse(given)
}

describe('POST /api/assess', () => {
  it('decides, explains and says what is still open', async () => {
    const body = await assessed({ answers: { 'server.region': 'mainland' }, lang: 'en' })
    expect(body.filing.type).toBeNull()
    expect(body.filing.possible).toContain('first-time')
    expect(body.open).toContain('server.provider')
    expect(body.province).toBeUndefined()
  })

  it('keeps to the shape other programs rely on', async () => {
    const body = await assessed({ answers: WHOLE, lang: 'zh-CN' })
    expect(body.filing).toMatchObject({ type: 'first-time', possible: ['first-time'] })
    expect(body.filing.reasons[0]?.ruleId).toBe('filing-type.first-time')
    const needs = body.preApprovals.map(({ category, need }) => [category, need])
    expect(needs).toEqual(
      expect.arrayContaining([
        ['bulletin-board', 'no-longer-required'],
        ['news', 'required'],
      ]),
    )
    for (const approval of body.preApprovals.filter(({ need }) => need === 'required'))
      expect([approval.authority, approval.document]).not.toContain(undefined)
    expect(body.commercialLicence.result).toBe('not-required')
    expect(body.province?.id).toBe('CN-JS')
    expect(body.province?.requirements[0]?.id).toMatch(/^CN-JS\./)
    expect(body.sms.required).toBe(true)
    const filing = body.obligations.find(({ id }) => id === 'public-security-filing')
    expect(filing?.due).toEqual({ days: 30, after: 'site-opened', workingDays: false })
    expect(body.open).toEqual([])
    expect(body.leader).toMatchObject({ result: 'accepted' })
    expect(body.footer).toEqual(
      expect.arrayContaining([expect.objectContaining({ sources: expect.any(Array) as unknown })]),
    )
  })

  it.each([
    ['2020-05-27', 'CN-GD', false],
    ['2020-05-27', 'CN-ZJ', true],
    ['2026-11-24', 'CN-GD', true],
  ])('on %s in %s SMS verification is required: %s', async (asOf, province, required) => {
    const answers = { 'entity.province': province, 'server.region': 'mainland' }
    expect((await assessed({ answers, asOf })).sms.required).toBe(required)
  })

  it('answers in the language asked for, or in that of the reader', async () => {
    const answers = { 'server.region': 'outside-mainland' }
    const english = await assessed({ answers }, { 'accept-language': 'en-GB,en;q=0.9' })
    expect(english.lang).toBe('en')
    const chinese = await assessed({ answers }, { 'accept-language': 'fr' })
    expect(chinese.filing.labels['not-required']).toMatch(/\p{Script=Han}/u)
  })

  it.each([
    [
      'an unknown key',
      { answers: { 'entity.colour': 'red' } },
      400,
      'answer-key-unknown',
      'answers.entity.colour',
    ],
    ['a prototype key', { answers: { constructor: 'x' } }, 400, 'answer-key-unknown', 'answers.constructor'],
    [
      'an unknown value',
      { answers: { 'entity.kind': 'robot' } },
      400,
      'answer-value-unknown',
      'answers.entity.kind',
    ],
    [
      'an unknown province',
      { answers: { 'entity.province': 'CN-HK' } },
      400,
      'answer-value-unknown',
      'answers.entity.province',
    ],
    [
      'a list for one value',
      { answers: { 'entity.kind': ['enterprise'] } },
      400,
      'answer-value-unknown',
      'answers.entity.kind',
    ],
    [
      'one value for a list',
      { answers: { 'website.services': 'news' } },
      400,
      'answer-value-unknown',
      'answers.website.services',
    ],
    [
      'an empty list',
      { answers: { 'website.services': [] } },
      400,
      'answer-value-unknown',
      'answers.website.services',
    ],
    [
      'none with another',
      { answers: { 'website.services': ['none', 'news'] } },
      400,
      'answer-value-unknown',
      'answers.website.services',
    ],
    [
      'null as a value',
      { answers: { 'entity.kind': null } },
      400,
      'answer-value-unknown',
      'answers.entity.kind',
    ],
    ['no answers', {}, 400, 'request-invalid', 'answers'],
    ['answers that are a list', { answers: [] }, 400, 'request-invalid', 'answers'],
    ['a day that does not exist', { answers: {}, asOf: '2026-02-30' }, 400, 'request-invalid', 'asOf'],
    ['a third language', { answers: {}, lang: 'fr' }, 400, 'request-invalid', 'lang'],
    ['an unknown member', { answers: {}, answer: {} }, 400, 'request-invalid', undefined],
    ['a list as body', [], 400, 'request-invalid', undefined],
    ['text as body', '"hello"', 400, 'request-invalid', undefined],
    ['broken JSON', '{"answers":', 400, 'body-not-json', undefined],
    ['nothing', '', 400, 'request-invalid', undefined],
    ['__proto__', '{"answers":{"__proto__":{"a":1}}}', 400, 'request-invalid', undefined],
    [
      'more than the limit',
      { answers: { 'entity.kind': 'x'.repeat(300_000) } },
      413,
      'body-too-large',
      undefined,
    ],
    [
      'two hundred keys too many',
      { answers: Object.fromEntries(Array.from({ length: 300 }, (_, at) => [`k${at}`, 'x'])) },
      400,
      'request-invalid',
      'answers',
    ],
  ])('refuses %s, naming what is wrong and how to mend it', async (_, sent, status, code, subject) => {
    const { status: got, body } = await post(sent)
    expect(got).toBe(status)
    expect(problem.parse(body)).toMatchObject({ code, status })
    expect(problem.parse(body).subject).toBe(subject)
    expect(JSON.stringify(body)).not.toMatch(/node_modules|at \w+ \(/)
  })

  it('never answers 500, whatever the answers', async () => {
    const keys = fc.constantFrom(...brain.book.keys.keys(), '__proto__x', 'toString')
    const values = fc.oneof(
      fc.string(),
      fc.constantFrom('yes', 'unsure', 'CN-ZJ', 'mainland'),
      fc.array(fc.string()),
      fc.anything(),
    )
    await fc.assert(
      fc.asyncProperty(fc.dictionary(keys, values), async (answers) => {
        const { status } = await post({ answers })
        expect([200, 400]).toContain(status)
      }),
      { numRuns: 60 },
    )
    expect(app.logged).toEqual([])
  })
})

describe('the plain endpoints', () => {
  it('say that the process lives and can work', async () => {
    expect(await (await fetch(`${app.address}/healthz`)).json()).toEqual({ status: 'ok' })
    expect(await (await fetch(`${app.address}/readyz`)).json()).toEqual({ status: 'ready' })
  })

  it('give metrics', async () => {
    const text = await (await fetch(`${app.address}/metrics`)).text()
    expect(text).toContain('icpbot_turn_duration_seconds')
  })

  it('have a problem document for what is not there', async () => {
    const response = await fetch(`${app.address}/nowhere`)
    expect(response.status).toBe(404)
    expect(response.headers.get('content-type')).toContain('application/problem+json')
  })
})
