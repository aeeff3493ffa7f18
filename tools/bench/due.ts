import { Reminders } from '../../src/bot/reminders.ts'
import { caseKey } from '../../src/bot/keys.ts'
import type { Brain } from '../../src/bot/turn/brain.ts'
import { reminderMessages } from '../../src/bot/turn/following/reminder-messages.ts'
import { nothingFollowed } from '../../src/interview/following/milestones.ts'
import { newCase } from '../../src/interview/case.ts'
import { completed, hangzhou } from '../../test/following/talk.ts'
import type { Json, Store } from '../../src/store/port.ts'

export interface Due {
  readonly cases: number
  readonly sent: number
  readonly seconds: number
}

const APPROVED = new Date('2026-11-02T04:00:00Z')
const LATER = new Date('2026-12-20T04:00:00Z')
const AT_ONCE = 64
const ANSWERS = completed(hangzhou)

/** Reminders of many cases due at the same moment: how long until all have been handed to the channel. */
export async function due(store: Store, brain: Brain, cases: number): Promise<Due> {
  let now = APPROVED
  let sent = 0
  const reminders = new Reminders({
    store,
    clock: () => now,
    messagesOf: (current, at) => reminderMessages(brain, brain.following, current, at),
    onError: (error) => {
      throw error
    },
    say: () => Promise.resolve(void (sent += 1)),
  })
  const ids = Array.from({ length: cases }, (_, at) => `due${at}`)
  for (let from = 0; from < cases; from += AT_ONCE)
    await Promise.all(ids.slice(from, from + AT_ONCE).map((id) => prepare(store, reminders, id)))
  now = LATER
  const begin = performance.now()
  for (let before = -1; before !== sent;) {
    before = sent
    await reminders.runOnce()
  }
  return { cases, sent, seconds: (performance.now() - begin) / 1000 }
}

/** A case that was approved and whose site opened weeks ago, and of which nothing was told since. */
async function prepare(store: Store, reminders: Reminders, id: string): Promise<void> {
  const noted = APPROVED.toISOString()
  const told = { on: noted.slice(0, 10), noted }
  const following = { ...nothingFollowed, milestones: { approved: told, 'site-opened': told } }
  const current = { ...newCase(id, 'en', APPROVED), answers: ANSWERS, following }
  await reminders.announce(id, { channelId: 'bench', conversationId: id })
  const value = JSON.parse(JSON.stringify(current)) as Json
  await store.documents.put([{ key: caseKey(id), expected: 0, value }])
  await reminders.plan(id)
}
