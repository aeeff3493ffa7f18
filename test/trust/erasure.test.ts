import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { changeDocument } from '../../src/bot/change-document.ts'
import { caseKey, conversationKey } from '../../src/bot/keys.ts'
import type { Store } from '../../src/store/port.ts'
import type { Held } from '../../src/store/transfer.ts'
import { directLineTalker, type WebTalker } from '../support/direct-line-talker.ts'
import { ownApp, type OwnApp } from './own-app.ts'

const DAY = 86_400_000

type World = OwnApp & { now: number }

async function world(): Promise<World> {
  const made = { now: Date.parse('2026-11-24T02:00:00Z') }
  return Object.assign(made, await ownApp(() => new Date(made.now)))
}

/** Somebody who has said something, asked in vain, has a code, and follows a case that was handed in. */
async function talked({ app }: World, follow: boolean, name = '金丝雀'): Promise<WebTalker> {
  const talker = await directLineTalker(app.address, 'zh-CN')
  await talker.hello()
  await talker.text(`我叫${name}，手机13957134571`)
  await talker.text('给我一个恢复码')
  if (follow) await talker.text('已提交')
  return talker
}

function traces(held: readonly Held[], { conversationId }: WebTalker): readonly string[] {
  const ids = [conversationId, conversationKey('directline', conversationId), '金丝雀']
  return held.map((one) => JSON.stringify(one)).filter((text) => ids.some((id) => text.includes(id)))
}

/** As a message of that moment would. */
async function touch({ store, now }: World, { conversationId }: WebTalker): Promise<void> {
  const updatedAt = new Date(now).toISOString()
  const key = caseKey(conversationKey('directline', conversationId))
  await changeDocument(store, key, (value) => ({ ...(value as object), updatedAt }))
}

/** Until the workers have done what is due. */
async function gone(store: Store, { conversationId }: WebTalker): Promise<void> {
  for (let tries = 0; tries < 200; tries += 1) {
    if (!(await store.documents.get(`dl:conversation:${conversationId}`))) return
    await sleep(50)
  }
  throw new Error('the conversation is still there')
}

describe('deleting leaves no trace in documents, logs and queues', () => {
  it('when asked in words', { timeout: 60_000 }, async () => {
    const here = await world()
    const [talker, other] = [await talked(here, true), await talked(here, false, '白头鹎')]
    await talker.text('删除我的数据')
    await talker.text('是')
    here.now += 3_000
    await gone(here.store, talker)
    await sleep(1_200)
    const held = await here.dump()
    expect(traces(held, talker)).toEqual([])
    expect(traces(held, other).length).toBeGreaterThan(3)
  })

  it('when asked by the API, at once for the case', { timeout: 60_000 }, async () => {
    const here = await world()
    const talker = await talked(here, true)
    const headers = { authorization: `Bearer ${talker.token}` }
    const mine = `${here.app.address}/api/cases/mine`
    const kept: unknown = await (await fetch(mine, { headers })).json()
    expect(kept).toMatchObject({
      case: conversationKey('directline', talker.conversationId),
      language: 'zh-CN',
    })
    expect(Object.keys(kept as object)).toContain('answers')
    expect((await fetch(mine, { method: 'DELETE', headers })).status).toBe(204)
    expect((await fetch(mine, { headers })).status).toBe(404)
    here.now += 3_000
    await gone(here.store, talker)
    await sleep(1_200)
    expect(traces(await here.dump(), talker)).toEqual([])
  })

  it('when its time is over: 30 days without a word, not before', { timeout: 60_000 }, async () => {
    const here = await world()
    const [quiet, busy] = [await talked(here, false), await talked(here, false, '白头鹎')]
    here.now += 29 * DAY
    await touch(here, busy)
    const late = await directLineTalker(here.app.address, 'zh-CN')
    await late.hello()
    await sleep(5_500)
    expect(await here.store.documents.get(`dl:conversation:${quiet.conversationId}`)).toBeDefined()
    here.now += DAY + 60_000
    await sleep(5_500)
    here.now += 3_000
    await gone(here.store, quiet)
    await sleep(1_200)
    const metrics = await (await fetch(`${here.app.address}/metrics`)).text()
    expect(metrics).toMatch(/icpbot_erased_total\{class="draft",why="retention"\} 1/)
    expect(metrics).toMatch(/icpbot_question_total\{question="[\w.-]+",step="abandoned"\} 1/)
    const held = await here.dump()
    expect(traces(held, quiet)).toEqual([])
    expect(traces(held, busy).length).toBeGreaterThan(3)
    expect(traces(held, late).length).toBeGreaterThan(1)
    expect(held.some((one) => one.kind === 'entries' && one.log.startsWith('audit:'))).toBe(true)
  })
})

describe('/api/cases/mine', () => {
  it('opens for the token of its conversation only', { timeout: 60_000 }, async () => {
    const { app } = await world()
    const mine = `${app.address}/api/cases/mine`
    expect((await fetch(mine)).status).toBe(401)
    for (const authorization of ['Bearer nonsense', 'Bearer a.b.c', 'Basic eDp5'])
      expect((await fetch(mine, { method: 'DELETE', headers: { authorization } })).status).toBeGreaterThan(
        400,
      )
    const foreign = await fetch(mine, { headers: { origin: 'https://elsewhere.example' } })
    expect(foreign.status).toBe(403)
  })
})
