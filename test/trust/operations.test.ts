import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { stepsOf } from '../../src/bot/turn-seen.ts'
import { newCase, reopened, withAnswer, type Case } from '../../src/interview/case.ts'
import { settleConsents } from '../../src/interview/consent.ts'
import { newTalk } from '../../src/bot/turn/standing.ts'
import { directLineTalker } from '../support/direct-line-talker.ts'
import { ROOT, startTestApp, type TestApp } from '../support/app.ts'
import { brain } from '../support/brain.ts'
import { Story } from '../support/story.ts'

let app: TestApp
beforeAll(async () => {
  app = await startTestApp()
})
afterAll(() => app.end())

const metrics = async () => (await fetch(`${app.address}/metrics`)).text()

describe('the metrics', () => {
  it('follow questions by their ids, refusals by route and reason', async () => {
    const talker = await directLineTalker(app.address, 'en')
    const story = new Story(talker, 'en', 'buttons')
    await story.begin()
    const first = story.open!
    await story.answer(first, first.options[0]!.value)
    const second = story.open!
    await story.say('qwertz')
    await fetch(`${app.address}/nothing-here-13957134571`)
    await talker.call('POST', `conversations/${talker.conversationId}/activities`, { type: 'message' })
    const text = await metrics()
    expect(text).toContain(`icpbot_question_total{question="${first.question}",step="answered"} 1`)
    expect(text).toContain(`icpbot_question_total{question="${second.question}",step="shown"} 1`)
    const missed = second.options.length > 0 ? 'no_match' : 'validation_failed'
    expect(text).toContain(`icpbot_${missed}_total{question="${second.question}"} 1`)
    expect(text).toMatch(/icpbot_turn_duration_seconds_count\{channel="web",outcome="ok"\} \d/)
    expect(text).toMatch(/icpbot_http_refused_total\{route="none",status="404",reason="\w[\w-]*"\} 1/)
    expect(text).toMatch(
      /refused_total\{route="\/v3\/directline\/conversations\/:id\/activities",status="400"/,
    )
    expect(text).not.toContain('13957134571')
  })

  it('have labels from fixed lists only', async () => {
    const allowed: Readonly<Record<string, (value: string) => boolean>> = {
      question: (value) => value === 'other' || brain.dialogs.questions.has(value),
      consent: (value) => value === 'other' || brain.dialogs.questions.has(value),
      channel: (value) => /^[a-z-]{2,20}$/.test(value),
      step: (value) => ['shown', 'answered', 'abandoned'].includes(value),
      route: (value) => value === 'none' || /^\/[\w/.:-]*$/.test(value),
      status: (value) => /^[45]\d\d$/.test(value),
    }
    for (const [, name = '', value = ''] of (await metrics()).matchAll(/[{,](\w+)="([^"]*)"/g))
      expect(
        (allowed[name] ?? ((text: string) => /^[\w.+ -]{0,40}$/.test(text)))(value),
        `${name}=${value}`,
      ).toBe(true)
  })

  it('are all there that the dashboard names', async () => {
    const dashboard = readFileSync(`${ROOT}/ops/grafana/icp-filing-assistant.json`, 'utf8')
    const text = await metrics()
    const known = new Set([...text.matchAll(/^# TYPE (\w+)/gm)].map(([, name]) => name))
    const named = [...dashboard.matchAll(/icpbot_\w+/g)].map(([name]) =>
      name.replace(/_(bucket|count|sum)$/, ''),
    )
    expect(named.length).toBeGreaterThan(15)
    expect(named.filter((name) => !known.has(name))).toEqual([])
    const own = [...known].filter((name) => name?.startsWith('icpbot_') && !/process_|nodejs_/.test(name))
    expect(own.filter((name) => !named.includes(name ?? ''))).toEqual([])
  })

  it('count consents as they are decided, and no step back', () => {
    const at = new Date(0)
    const asked = newCase('c', 'en', at)
    const yes = decided(asked, withAnswer(asked, 'consent.personal', 'yes'), at)
    const opened = decided(yes, reopened(yes, 'consent.personal'), at)
    const no = decided(yes, withAnswer(yes, 'consent.personal', 'no'), at)
    expect(consentsIn(asked, yes)).toEqual(['yes'])
    expect(consentsIn(yes, opened)).toEqual([])
    expect(consentsIn(yes, no)).toEqual(['withdrawn'])
    expect(consentsIn(yes, yes)).toEqual([])
  })
})

function decided(before: Case, after: Case, at: Date): Case {
  return settleConsents(brain.dialogs, before, after, at, () => 'v1').case
}

function consentsIn(before: Case, after: Case): readonly string[] {
  const standing = (current: Case) => ({ case: current, talk: newTalk })
  const steps = stepsOf({ before: standing(before), after: standing(after), replies: [], fresh: false })
  return steps.flatMap((step) => (step.kind === 'consent' ? step.answer : []))
}

describe('docs/dependencies.md', () => {
  it('has every package that runs with the server, and no other', () => {
    const text = readFileSync(`${ROOT}/docs/dependencies.md`, 'utf8')
    const { dependencies } = JSON.parse(readFileSync(`${ROOT}/package.json`, 'utf8')) as {
      dependencies: Readonly<Record<string, string>>
    }
    const listed = [...text.matchAll(/^\| `([^`]+)` +\| ([\w.-]+) +\| ([\w.-]+) +\|/gm)]
    expect(listed.map(([, name, version]) => `${name}@${version}`).sort()).toEqual(
      Object.entries(dependencies)
        .map(([name, version]) => `${name}@${version}`)
        .sort(),
    )
    for (const [, name = '', , licence] of listed) {
      const own = JSON.parse(readFileSync(`${ROOT}/node_modules/${name}/package.json`, 'utf8')) as {
        license: string
      }
      expect(`${name} ${licence}`).toBe(`${name} ${own.license}`)
    }
  })
})
