import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { directLineTalker } from '../support/direct-line-talker.ts'
import { startProcess, type Running } from '../support/process.ts'
import { lastResult, Story } from '../support/story.ts'
import { APPLICANTS, FILINGS, SITES } from '../stories/cases.ts'

const FACTS = { ...FILINGS['first-time'], ...APPLICANTS['company'], ...SITES['plain'] }

let data: string
let running: Running | undefined
beforeEach(async () => {
  data = await mkdtemp(join(tmpdir(), 'icp-kill-'))
})
afterEach(async () => {
  await running?.kill()
  await rm(data, { recursive: true, force: true })
})

describe('kill -9 in the middle', () => {
  it.each([1, 4, 7])('after %i answers, restarted: goes on at the open question', async (answers) => {
    running = await startProcess({ DATA_DIR: data })
    const web = await directLineTalker(running.address, 'en')
    const story = new Story(web, 'en', 'words')
    await story.begin()
    for (let at = 0; at < answers; at += 1) {
      const open = story.open!
      await story.answer(open, FACTS[open.question]!)
    }
    const open = story.open!.question
    await running.kill()

    const { port } = new URL(running.address)
    running = await startProcess({ DATA_DIR: data, PORT: port })
    const again = await web.call('GET', `conversations/${web.conversationId}/activities`)
    expect(again.status).toBe(200)
    const { activities } = (await again.json()) as { activities: unknown[] }
    expect(activities).toHaveLength(answers + story.messages.length)
    expect(story.open?.question).toBe(open)
    await story.answerFrom(FACTS)
    expect(lastResult('en', story.messages)).toBe('first-time')
  })

  it('while an answer is under way: sent again, it counts once', async () => {
    running = await startProcess({ DATA_DIR: data })
    const { port } = new URL(running.address)
    const web = await directLineTalker(running.address, 'en')
    await web.hello()
    const path = `conversations/${web.conversationId}/activities`
    const message = { type: 'message', text: 'website', channelData: { clientActivityID: 'the-same' } }
    const sent = web.call('POST', path, message).catch(() => undefined)
    await running.kill()
    await sent
    running = await startProcess({ DATA_DIR: data, PORT: port })
    const response = await web.call('POST', path, message)
    expect(response.status).toBe(200)
    await web.call('POST', path, message)
    const { activities } = (await (await web.call('GET', path)).json()) as {
      activities: {
        from: { role: string }
        text: string
        channelData?: { message?: { input?: { question: string } } }
      }[]
    }
    expect(activities.filter(({ from, text }) => from.role === 'user' && text === 'website')).toHaveLength(1)
    const questions = activities.flatMap(({ channelData }) => channelData?.message?.input?.question ?? [])
    expect(questions).toEqual(['service.kind', 'server.region'])
  })
})

describe('SIGTERM', () => {
  it('ends in good order, and the next start goes on', async () => {
    running = await startProcess({ DATA_DIR: data })
    const web = await directLineTalker(running.address, 'en')
    await web.hello()
    await web.text('website')
    const { port } = new URL(running.address)
    expect(await running.stop()).toBe(0)
    running = await startProcess({ DATA_DIR: data, PORT: port })
    const [reply] = await web.text('mainland')
    expect(reply?.input?.question).toBe('server.provider')
  })
})
