import { randomUUID } from 'node:crypto'
import { Turns } from '../../src/bot/turns.ts'
import { caseKey, conversationKey, talkKey } from '../../src/bot/keys.ts'
import type { Brain } from '../../src/bot/turn/brain.ts'
import { newTalk } from '../../src/bot/turn/standing.ts'
import { newCase, withAnswer } from '../../src/interview/case.ts'
import type { Json, Store } from '../../src/store/port.ts'
import { keyringSchema, newMasterKey } from '../../src/trust/keyring.ts'
import { sealStore } from '../../src/trust/sealed-store.ts'

export interface Growth {
  readonly cases: number
  /** Milliseconds of processor time for a turn. */
  readonly cost: number
  readonly turns: number
}

const CHANNEL = 'bench'
const BATCH = 500
const AT_ONCE = 16
const NOW = new Date('2026-11-24T04:00:00Z')

/** What a turn costs while the store holds more and more cases; the store as the app uses it, sealed. */
export async function growth(
  store: Store,
  brain: Brain,
  sizes: readonly number[],
  turns: number,
): Promise<readonly Growth[]> {
  const sealed = sealStore(store, keyringSchema.parse(newMasterKey()))
  const taking = new Turns({ store: sealed, brain, clock: () => NOW })
  const take = async (count: number, cases: number): Promise<void> => {
    const one = async (): Promise<void> => {
      for (let done = 0; done < count / AT_ONCE; done += 1)
        await taking.take({
          channelId: CHANNEL,
          conversationId: `c${Math.floor(Math.random() * cases)}`,
          activityId: randomUUID(),
          locale: 'en',
          incoming: { kind: 'text', text: done % 2 === 0 ? 'Zhejiang' : 'back' },
        })
    }
    await Promise.all(Array.from({ length: AT_ONCE }, one))
  }
  const measured: Growth[] = []
  let kept = 0
  for (const cases of sizes) {
    for (; kept < cases; kept += BATCH) await fill(sealed, kept, Math.min(BATCH, cases - kept))
    await take(turns, cases)
    const before = process.cpuUsage()
    await take(turns, cases)
    const { user, system } = process.cpuUsage(before)
    measured.push({ cases, cost: (user + system) / 1000 / turns, turns })
    console.error(`growth: ${JSON.stringify(measured.at(-1))}`)
  }
  return measured
}

/** Cases as they stand after four answers, written as turns write them. */
async function fill(store: Store, from: number, count: number): Promise<void> {
  await Promise.all(
    Array.from({ length: count }, (_, at) => {
      const conversation = conversationKey(CHANNEL, `c${from + at}`)
      let current = newCase(conversation, 'en', NOW)
      for (const [key, value] of ANSWERS) current = withAnswer(current, key, value)
      return store.documents.put([
        { key: caseKey(conversation), expected: 0, value: json(current) },
        { key: talkKey(conversation, conversation), expected: 0, value: json(newTalk) },
      ])
    }),
  )
}

const ANSWERS = [
  ['service.kind', 'website'],
  ['server.region', 'mainland'],
  ['server.provider', 'alibaba-cloud'],
  ['entity.kind', 'enterprise'],
] as const

/** Our own records are JSON by their types. */
function json(value: object): Json {
  return JSON.parse(JSON.stringify(value)) as Json
}
