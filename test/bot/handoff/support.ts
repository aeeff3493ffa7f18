import { join } from 'node:path'
import { Desk, type Asking, type DeskOptions } from '../../../src/bot/handoff/desk.ts'
import { readHours } from '../../../src/bot/handoff/hours.ts'
import type { DeskPlace, StaffMember } from '../../../src/bot/handoff/record.ts'
import { DEFAULT_WAITS } from '../../../src/bot/handoff/timers.ts'
import { loadDeskWords } from '../../../src/bot/handoff/words.ts'
import { plainText } from '../../../src/rendering/channel/plain-text.ts'
import { channelWords } from '../../../src/rendering/channel/words.ts'
import { AppError } from '../../../src/errors.ts'
import type { Store } from '../../../src/store/port.ts'
import { brain } from '../../support/brain.ts'
import { ROOT } from '../../support/app.ts'

export const words = loadDeskWords(join(ROOT, 'dialogs'))
export const LI: StaffMember = { channel: 'slack', tenant: 'T1', user: 'U1', name: 'Li' }
export const WANG: StaffMember = { channel: 'slack', tenant: 'T1', user: 'U2', name: 'Wang' }
export const LOBBY: DeskPlace = place('lobby')
/** A Tuesday, eleven in Shanghai. */
export const TUESDAY = '2026-03-10T03:00:00Z'

export function place(conversation: string): DeskPlace {
  return { channel: 'slack', conversation, reference: { conversation: { id: conversation } } }
}

export function asking(activityId: string, caseId = 'case-1'): Asking {
  return {
    ...{ caseId, activityId, language: 'en' },
    place: { channelId: 'directline', conversationId: `web-${caseId}` },
  }
}

/** Something that was said, to whom, under which id. */
export interface Heard {
  readonly to: string
  readonly text: string
  readonly id: string
}

export interface DeskBench {
  readonly desk: Desk
  readonly heard: Heard[]
  readonly waits: { readonly outcome: string; readonly ms: number }[]
  readonly errors: unknown[]
  /** Moves the clock on, and works off what is due then. */
  after(minutes: number): Promise<void>
  /** While true nothing can be said to anybody. */
  away: boolean
  /** The texts said to somebody since the last call. */
  told(to: string): readonly string[]
}

/** A desk on a store, with everybody it speaks to as a list. */
export function deskBench(store: Store, start = TUESDAY, more: Partial<DeskOptions> = {}): DeskBench {
  let now = Date.parse(start)
  const hours = readHours('mon-fri 09:00-18:00')
  if (!hours) throw new Error('no hours')
  const heard: Heard[] = []
  const taken = new Map<string, number>()
  const waits: DeskBench['waits'] = [] as { outcome: string; ms: number }[]
  const errors: unknown[] = []
  const say = async (to: string, text: string, id: string) => {
    if (bench.away) throw new AppError('upstream-rejected', { detail: 'away', remedy: 'wait' })
    heard.push({ to, text, id })
  }
  const texts = channelWords((id) => brain.phrases[id].en)
  const desk = new Desk({
    ...{ store, words, hours },
    language: 'en',
    clock: () => new Date(now),
    waits: DEFAULT_WAITS,
    lobbies: async () => [LOBBY],
    say: ({ conversationId }, message, id) => say(conversationId, plainText(message, texts), id),
    post: (where, card, id) => say(where.conversation, plainText({ ...card, actions: [] }, texts), id),
    factsOf: async () => ({ province: 'Sichuan' }),
    question: async () => ({ language: 'en', blocks: [{ kind: 'text', text: 'the open question' }] }),
    onWaited: (outcome, ms) => void waits.push({ outcome, ms }),
    onError: (error) => void errors.push(error),
    ...more,
  })
  const bench: DeskBench = {
    ...{ desk, heard, waits, errors },
    away: false,
    after: async (minutes) => {
      now += minutes * 60_000
      await desk.runOnce()
    },
    told: (to) => {
      const since = heard.filter((one) => one.to === to).slice(taken.get(to) ?? 0)
      taken.set(to, (taken.get(to) ?? 0) + since.length)
      return since.map(({ text }) => text)
    },
  }
  return bench
}
