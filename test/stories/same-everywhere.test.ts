import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text as readAll } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createRender } from '../../src/bot/render.ts'
import { LANGUAGES, type Language } from '../../src/language.ts'
import type { Message } from '../../src/rendering/message.ts'
import { brain } from '../support/brain.ts'
import { ROOT, startTestApp, type TestApp } from '../support/app.ts'
import { directLineTalker } from '../support/direct-line-talker.ts'
import { frameworkClient } from '../support/framework-client.ts'
import { resultHeading, Story, type Facts } from '../support/story.ts'
import { pureTalker } from '../support/talker.ts'
import { APPLICANTS, FILINGS, SITES } from './cases.ts'

const TYPE = 'service-provider-change'
const FACTS: Facts = { ...FILINGS[TYPE], ...APPLICANTS['company'], ...SITES['news'] }

let app: TestApp
beforeAll(async () => {
  app = await startTestApp()
})
afterAll(() => app.end())

describe.each(LANGUAGES)('the same conversation in %s', (language) => {
  it('is the same over Direct Line', async () => {
    const { said, texts } = await recorded(language)
    const web = await directLineTalker(app.address, language)
    await web.hello()
    for (const text of said) await web.text(text)
    expect(web.texts()).toEqual(texts)
  })

  it('is the same over /api/messages', async () => {
    const { said, texts } = await recorded(language)
    const client = frameworkClient(app.address, 'test', language)
    const replies = [...(await client.join())]
    for (const text of said) replies.push(...(await client.say(text)))
    expect(replies.map((reply) => reply.text)).toEqual(texts)
  })

  it('is the same in the terminal', async () => {
    const { said, texts } = await recorded(language)
    const data = await mkdtemp(join(tmpdir(), 'icp-chat-'))
    const child = spawn(process.execPath, [join(ROOT, 'dist/chat.js'), '--lang', language], {
      env: { ...process.env, DATA_DIR: data },
      stdio: ['pipe', 'pipe', 'inherit'],
    })
    child.stdin.end(`${said.join('\n')}\n`)
    const [output] = await Promise.all([readAll(child.stdout), once(child, 'exit')])
    await rm(data, { recursive: true, force: true })
    for (const text of texts) expect(output).toContain(text)
  })

  it('gives the result that /api/assess gives', async () => {
    const { texts } = await recorded(language)
    const response = await fetch(`${app.address}/api/assess`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ answers: known(FACTS), lang: language }),
    })
    const assessed = (await response.json()) as Assessed
    expect(response.status).toBe(200)
    expect(assessed.filing.type).toBe(TYPE)
    expect(assessed.open).toEqual([])
    const told = texts.join('\n')
    expect(told).toContain(resultHeading(language, TYPE))
    const statements = [
      ...assessed.filing.reasons,
      ...assessed.preApprovals,
      ...assessed.documents,
      ...assessed.obligations,
      ...(assessed.province?.requirements ?? []),
    ]
    expect(statements.length).toBeGreaterThan(20)
    for (const statement of statements) {
      expect(told).toContain(statement.text)
      expect(statement.sources.length).toBeGreaterThan(0)
      for (const source of statement.sources) expect(told).toContain(source.title)
    }
  })
})

interface Stated {
  readonly text: string
  readonly sources: readonly { readonly title: string }[]
}
interface Assessed {
  readonly filing: { readonly type: string | null; readonly reasons: readonly Stated[] }
  readonly preApprovals: readonly Stated[]
  readonly documents: readonly Stated[]
  readonly obligations: readonly Stated[]
  readonly province?: { readonly requirements: readonly Stated[] }
  readonly open: readonly string[]
}

/** What the applicant types and what the pure turn answers, as plain text. */
async function recorded(language: Language): Promise<{ said: readonly string[]; texts: readonly string[] }> {
  const said: string[] = []
  const talker = pureTalker(language)
  const story = new Story(
    {
      ...talker,
      text: (text) => {
        said.push(text)
        return talker.text(text)
      },
    },
    language,
    'words',
  )
  await story.begin()
  await story.answerFrom(FACTS)
  const render = createRender(brain.phrases)
  return {
    said,
    texts: story.messages.flatMap((message: Message) => render(message, {}).map(({ text }) => text ?? '')),
  }
}

function known(facts: Facts): Facts {
  return Object.fromEntries(Object.entries(facts).filter(([key]) => brain.book.keys.has(key)))
}
