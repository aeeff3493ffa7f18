import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { startApp, type App } from '../../../src/app.ts'
import { dossierSchema } from '../../../src/interview/dossier/schema.ts'
import type { Language } from '../../../src/language.ts'
import type { Message } from '../../../src/rendering/message.ts'
import { readConfig } from '../../../src/server/config.ts'
import { LINK_MINUTES } from '../../../src/server/downloads/link-tokens.ts'
import { openEmbeddedStore } from '../../../src/store/embedded/open.ts'
import type { Store } from '../../../src/store/port.ts'
import { ROOT } from '../../support/app.ts'
import { COMPANY } from '../../support/applicants.ts'
import { directLineTalker, type WebTalker } from '../../support/direct-line-talker.ts'
import { interviewed } from '../../support/interviewed.ts'
import { pdfText } from '../../support/pdf-text.ts'

let folder: string
let store: Store
let app: App
let now: Date
let logged: string[]

async function start(environment: NodeJS.ProcessEnv = {}): Promise<void> {
  folder = await mkdtemp(join(tmpdir(), 'icp-downloads-'))
  store = await openEmbeddedStore({ path: folder })
  now = new Date('2026-11-24T08:00:00Z')
  logged = []
  const config = readConfig({ PORT: '0', NODE_ENV: 'test', BOT_FRAMEWORK: 'off', ...environment })
  const log = pino({ level: 'trace' }, { write: (line: string) => void logged.push(line) })
  app = await startApp({ config, store, root: ROOT, log, clock: () => now })
}
beforeEach(() => start())
afterEach(async () => {
  app.server.server.closeAllConnections()
  await app.close()
  await store.close()
  await rm(folder, { recursive: true, force: true })
})

/** Every link in what was said, by the file it leads to. */
function linksIn(replies: readonly Message[]): Readonly<Record<string, string>> {
  const text = replies.flatMap(({ blocks }) => blocks).map((block) => ('text' in block ? block.text : ''))
  return Object.fromEntries(
    [...text.join('\n').matchAll(/\]\((http[^)]*\/download\/([\w.-]+)\?link=[^)]*)\)/g)].map(
      ([, url = '', file = '']) => [file, url],
    ),
  )
}
const link = (replies: readonly Message[], file = 'dossier.json'): string => {
  const url = linksIn(replies)[file]
  if (url === undefined) throw new TypeError(`no link to ${file} in ${JSON.stringify(replies)}`)
  return url
}
async function talking(facts: Parameters<typeof interviewed>[1], language: Language = 'en') {
  const talker: WebTalker = await directLineTalker(app.address, language)
  return { talker, replies: await interviewed(talker, facts) }
}
const SHORT = { 'service.kind': 'website', 'server.region': 'mainland' }
const problem = async (response: Response) => {
  const { code, remedy } = (await response.json()) as { code: string; remedy: string }
  expect(remedy).not.toBe('')
  return [response.status, code]
}

describe('the files', () => {
  it('are offered with how long the links work once the answers are confirmed, and hold what was said', async () => {
    const { replies } = await talking(COMPANY, 'zh-CN')
    expect(JSON.stringify(replies.at(-1)?.blocks)).toContain(`${LINK_MINUTES} 分钟`)
    expect(Object.keys(linksIn(replies))).toEqual(['dossier.pdf', 'dossier.json', 'my-data.json'])

    const pdf = await fetch(link(replies, 'dossier.pdf'))
    expect(pdf.status).toBe(200)
    expect(pdf.headers.get('content-type')).toBe('application/pdf')
    expect(pdf.headers.get('content-disposition')).toBe('attachment; filename="icp-2026-11-24-dossier.pdf"')
    expect(pdf.headers.get('cache-control')).toBe('no-store')
    expect(pdf.headers.get('x-content-type-options')).toBe('nosniff')
    expect(pdf.headers.get('referrer-policy')).toBe('no-referrer')
    expect(pdf.headers.get('content-security-policy')).toContain('sandbox')
    const text = pdfText(Buffer.from(await pdf.arrayBuffer())).join('')
    for (const one of ['杭州云帆信息技术有限公司', '330106198503072417', '张㐂']) expect(text).toContain(one)

    const made = dossierSchema.parse(await (await fetch(link(replies))).json())
    expect(made).toMatchObject({ complete: true, checked: true, language: 'zh-CN' })
    expect(made.answers['entity.name']?.value).toBe('杭州云帆信息技术有限公司')
    const kept = (await (await fetch(link(replies, 'my-data.json'))).json()) as { answers: object }
    expect(Object.keys(kept.answers)).toEqual(expect.arrayContaining(Object.keys(made.answers)))
  }, 60_000)

  it('have the calendar with them once a deadline runs', async () => {
    const { talker } = await talking(COMPANY)
    await talker.text('submitted')
    const ics = await fetch(link(await talker.text('download'), 'deadlines.ics'))
    expect(ics.headers.get('content-type')).toContain('text/calendar')
    expect(await ics.text()).toMatch(/^BEGIN:VCALENDAR\r\n[\s\S]*BEGIN:VEVENT/)
  }, 60_000)

  it.each(['download', '下载', 'Dossier.', '导出', 'PDF'])(
    'are there for "%s" in any state',
    async (word) => {
      const { talker, replies } = await talking(SHORT)
      const answer = await talker.text(word)
      expect(answer.at(-1)?.input?.question).toBe(replies.at(-1)?.input?.question)
      expect((await fetch(link(answer, 'dossier.pdf'))).status).toBe(200)
      expect(JSON.stringify(answer)).toContain('not answered yet')
      const [button] = answer.at(-1)?.actions ?? []
      expect(link(await talker.press(button!.payload, button!.label))).toContain('/download/')
    },
  )

  it('are none before anything is answered', async () => {
    const { talker } = await talking({})
    expect(linksIn(await talker.text('download'))).toEqual({})
  })

  it('are made from the case as it is when they are fetched', async () => {
    const { talker } = await talking(SHORT)
    const url = link(await talker.text('download'))
    await talker.text('change server provider')
    await talker.text('another provider')
    const made = dossierSchema.parse(await (await fetch(url)).json())
    expect(made.answers['server.provider']?.value).toBe('other')
  })

  it('have no form where nothing is filed, which is said', async () => {
    const { talker } = await talking(SHORT)
    const before = link(await talker.text('download'), 'dossier.pdf')
    await talker.text('change server location')
    await talker.text('outside the mainland')
    const told = await talker.text('download')
    expect(linksIn(told)).toEqual({})
    expect(JSON.stringify(told)).toContain('nothing is filed here')
    expect((await fetch(before)).status).toBe(404)
  })

  it('answer HEAD without a body, and no other method', async () => {
    const { talker } = await talking(SHORT)
    const url = link(await talker.text('download'))
    const head = await fetch(url, { method: 'HEAD' })
    expect([head.status, await head.text()]).toEqual([200, ''])
    expect(Number(head.headers.get('content-length'))).toBeGreaterThan(100)
    for (const method of ['POST', 'PUT', 'DELETE', 'PATCH'])
      expect((await fetch(url, { method })).status).toBe(405)
  })
})

describe('a link', () => {
  it('says nothing about the person, and does not stand in the log', async () => {
    const { talker } = await talking(SHORT)
    const url = link(await talker.text('download'))
    await fetch(url)
    await fetch(`${url}x`)
    const token = new URL(url).searchParams.get('link') ?? ''
    const claims = Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()
    expect(Object.keys(JSON.parse(claims) as object).sort()).toEqual(['aud', 'begun', 'exp', 'iss', 'sub'])
    expect(claims).not.toContain(talker.conversationId)
    expect(logged.join('')).not.toContain(token.slice(-20))
  })

  it('ends after its time, and a new one works', async () => {
    const { talker } = await talking(SHORT)
    const url = link(await talker.text('download'))
    now = new Date(now.getTime() + LINK_MINUTES * 60_000 - 1000)
    expect((await fetch(url)).status).toBe(200)
    now = new Date(now.getTime() + 2000)
    expect(await problem(await fetch(url))).toEqual([401, 'token-expired'])
    expect((await fetch(link(await talker.text('download')))).status).toBe(200)
  })

  it('opens nothing when it is forged, cut, swapped or for another file', async () => {
    const { talker } = await talking(SHORT)
    const answer = await talker.text('download')
    const url = new URL(link(answer))
    const [head = '', body = '', signature = ''] = (url.searchParams.get('link') ?? '').split('.')
    const claims = JSON.parse(Buffer.from(body, 'base64url').toString()) as object
    const packed = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
    const none = packed({ alg: 'none' })
    for (const forged of [
      `${head}.${packed({ ...claims, sub: 'another' })}.${signature}`,
      `${head}.${packed({ ...claims, exp: 9_999_999_999 })}.${signature}`,
      `${none}.${body}.`,
      `${none}.${body}.${signature}`,
      `${head}.${body}`,
      `${head}.${body}.${signature.slice(0, -2)}`,
      talker.token,
      'null',
      '../../etc/passwd',
      "' OR 1=1 --",
      'a'.repeat(5000),
      '\u0000',
    ]) {
      url.searchParams.set('link', forged)
      expect(await problem(await fetch(url)), forged.slice(0, 40)).toEqual([401, 'token-invalid'])
    }
    const pdf = new URL(link(answer, 'dossier.pdf'))
    pdf.pathname = '/download/my-data.json'
    expect(await problem(await fetch(pdf))).toEqual([401, 'token-invalid'])
    expect(await problem(await fetch(`${app.address}/download/dossier.pdf`))).toEqual([401, 'token-missing'])
    expect((await fetch(`${app.address}/download/dossier.pdf?link=a&link=b`)).status).toBe(401)
    expect((await fetch(`${app.address}/download/..%2F..%2Fpackage.json?link=a`)).status).toBe(404)
  })

  it('does not open the web channel either', async () => {
    const { talker } = await talking(SHORT)
    const token = new URL(link(await talker.text('download'))).searchParams.get('link') ?? ''
    const path = `${app.address}/v3/directline/conversations/${talker.conversationId}/activities`
    const response = await fetch(path, { headers: { authorization: `Bearer ${token}` } })
    expect([401, 403]).toContain(response.status)
  })

  it('opens its own case and no other', async () => {
    const one = await talking(SHORT)
    const other = await talking({ ...SHORT, 'server.provider': 'other' })
    const of = async ({ talker }: typeof one) =>
      dossierSchema.parse(await (await fetch(link(await talker.text('download')))).json()).answers[
        'server.provider'
      ]?.value
    expect([await of(one), await of(other)]).toEqual([undefined, 'other'])
  })

  it('is dead at once when the case is deleted, also for a case begun anew in its place', async () => {
    const { talker } = await talking(SHORT)
    // A file that any case has, so that only the link can be what is refused.
    const url = link(await talker.text('download'), 'my-data.json')
    await talker.text('delete my data')
    await talker.press({ kind: 'command', command: 'yes' }, 'Yes')
    expect(await problem(await fetch(url))).toEqual([404, 'not-found'])
    now = new Date(now.getTime() + 1000)
    await talker.text('hello')
    expect(await problem(await fetch(url))).toEqual([404, 'not-found'])
  })

  it('is not followed more often than a person would', async () => {
    const { talker } = await talking(SHORT)
    const url = link(await talker.text('download'))
    const all = await Promise.all(Array.from({ length: 25 }, () => fetch(url)))
    expect(all.filter(({ status }) => status === 429)).toHaveLength(5)
    now = new Date(now.getTime() + 61_000)
    expect((await fetch(url)).status).toBe(200)
  })
})

describe('hostile values', () => {
  it('stay text in every file', async () => {
    const remark = '=HYPERLINK("http://evil.example") <script>alert(1)</script> [x](javascript:alert(1)) 备注'
    const { talker, replies } = await talking({ ...COMPANY, 'site.remark': remark })
    const made = dossierSchema.parse(await (await fetch(link(replies))).json())
    expect(made.answers['site.remark']?.value).toBe(remark)
    const pdf = Buffer.from(await (await fetch(link(replies, 'dossier.pdf'))).arrayBuffer())
    expect(pdfText(pdf).join('').replaceAll(/\s/g, '')).toContain(remark.replaceAll(/\s/g, ''))
    expect(pdf.toString('latin1')).not.toMatch(/\/(JavaScript|JS|URI|Launch|OpenAction) /)
    expect(talker.conversationId).not.toBe('')
  }, 60_000)
})

describe('PUBLIC_URL', () => {
  it('is where links lead', async () => {
    await app.close()
    await store.close()
    await rm(folder, { recursive: true, force: true })
    await start({ PUBLIC_URL: 'https://filing.example.com/' })
    const { talker } = await talking(SHORT)
    expect(link(await talker.text('download'))).toMatch(/^https:\/\/filing\.example\.com\/download\//)
  })
})

describe('the view of the case', () => {
  it('has fresh links with every turn', async () => {
    const { talker } = await talking(SHORT)
    const path = `conversations/${talker.conversationId}/activities`
    const set = (await (await talker.call('GET', path)).json()) as {
      activities: { channelData?: { case?: { downloads?: { label: string; url: string }[] } } }[]
    }
    const [download] = set.activities.at(-1)?.channelData?.case?.downloads ?? []
    expect(download?.label).toContain('PDF')
    expect((await fetch(download?.url ?? '')).status).toBe(200)
  })
})
