import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { brain } from '../support/brain.ts'
import { startTestApp, type TestApp } from '../support/app.ts'

let app: TestApp
beforeAll(async () => {
  app = await startTestApp()
})
afterAll(() => app.end())

async function post(body: unknown, headers: Record<string, string> = {}) {
  const response = await fetch(`${app.address}/api/assess`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  })
  return { status: response.status, body: (await response.json()) as Record<string, any> }
}

describe('POST /api/assess', () => {
  it('decides, explains and says what is still open', async () => {
    const { status, body } = await post({ answers: { 'server.region': 'mainland' }, lang: 'en' })
    expect(status).toBe(200)
    expect(body.filing.type).toBeNull()
    expect(body.filing.possible).toContain('first-time')
    expect(body.open).toContain('server.provider')
    expect(body.province).toBeUndefined()
  })

  it('keeps to the shape other programs rely on', async () => {
    const { body } = await post({
      answers: {
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
      },
      lang: 'zh-CN',
    })
    expect(body.filing).toMatchObject({ type: 'first-time', possible: ['first-time'] })
    expect(body.filing.reasons[0]).toEqual(
      expect.objectContaining({
        text: expect.any(String),
        ruleId: 'filing-type.first-time',
        sources: expect.any(Array),
      }),
    )
    expect(body.preApprovals.map((each: any) => [each.category, each.need])).toEqual(
      expect.arrayContaining([['bulletin-board', 'no-longer-required']]),
    )
    for (const approval of body.preApprovals.filter((each: any) => each.need === 'required'))
      expect(approval).toEqual(
        expect.objectContaining({
          authority: expect.any(String),
          document: expect.any(String),
          ruleId: expect.any(String),
        }),
      )
    expect(body.commercialLicence.result).toBe('not-required')
    expect(body.province.id).toBe('CN-JS')
    expect(body.province.requirements[0]).toEqual(
      expect.objectContaining({
        id: expect.stringMatching(/^CN-JS\./),
        topic: expect.any(String),
        confidence: expect.any(String),
      }),
    )
    expect(body.sms.required).toBe(true)
    expect(body.obligations).toEqual(
      expect.arrayContaining([
        expect.objectContaining({
          id: 'public-security-filing',
          due: { days: 30, after: 'site-opened', workingDays: false },
        }),
      ]),
    )
    expect(body.open).toEqual([])
  })

  it.each([
    ['2020-05-27', 'CN-GD', false],
    ['2020-05-27', 'CN-ZJ', true],
    ['2026-11-24', 'CN-GD', true],
  ])('on %s in %s SMS verification is required: %s', async (asOf, province, required) => {
    const { body } = await post({
      answers: { 'entity.province': province, 'server.region': 'mainland' },
      asOf,
    })
    expect(body.sms.required).toBe(required)
  })

  it('answers in the language asked for, or in that of the reader', async () => {
    const answers = { 'server.region': 'outside-mainland' }
    const english = await post({ answers }, { 'accept-language': 'en-GB,en;q=0.9' })
    expect(english.body.lang).toBe('en')
    const chinese = await post({ answers }, { 'accept-language': 'fr' })
    expect(chinese.body.filing.labels['not-required']).toMatch(/\p{Script=Han}/u)
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
    expect(body).toMatchObject({ code, status })
    expect(body.subject).toBe(subject)
    expect(body.detail.length).toBeGreaterThan(10)
    expect(body.remedy.length).toBeGreaterThan(10)
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
