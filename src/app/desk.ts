import { join } from 'node:path'
import { KeptCases } from '../bot/handoff/case-facts.ts'
import { createDress, type Dress } from '../bot/desk/dress.ts'
import { Desk } from '../bot/handoff/desk.ts'
import { Lobbies } from '../bot/handoff/lobbies.ts'
import { DEFAULT_WAITS } from '../bot/handoff/timers.ts'
import { loadDeskWords } from '../bot/handoff/words.ts'
import { staffOf } from '../server/desk-variables.ts'
import { AppError } from '../errors.ts'
import type { Parts } from './parts.ts'
import { referenceSchema, type Speak } from './speakers.ts'

/** The desk of support staff, where there are any. */
export interface DeskParts {
  readonly desk: Desk
  readonly lobbies: Lobbies
  readonly dress: Dress
  /** By channel: how staff are spoken to there. */
  readonly speakers: Map<string, Speak>
}

/** @returns undefined where nobody is named as staff: then applicants hear of HUMAN_CONTACT, as ever */
export function createDesk({
  config,
  store,
  clock,
  log,
  root,
  brain,
  metrics,
  deadLetters,
  speakers: applicants,
}: Parts): DeskParts | undefined {
  if (staffOf(config).length === 0) return undefined
  const lobbies = new Lobbies(store)
  const dress = createDress(brain.phrases)
  const speakers = new Map<string, Speak>()
  const cases = new KeptCases(store, brain, clock)
  const desk = new Desk({
    ...{ store, clock },
    words: loadDeskWords(join(root, 'dialogs')),
    language: config.DESK_LANGUAGE,
    hours: config.DESK_HOURS,
    waits: DEFAULT_WAITS,
    lobbies: () => lobbies.list(),
    say: ({ channelId, reference }, message, id) => applicants.say(channelId, reference, message, id),
    post: async ({ channel, reference }, card, id) => {
      const speak = speakers.get(channel)
      if (!speak) throw switchedOff(channel)
      await speak(referenceSchema.parse(reference), async (context) => {
        await context.sendActivity({ ...dress(card, context.activity), id })
      })
    },
    factsOf: (caseId, language) => cases.facts(caseId, language),
    question: (caseId) => cases.question(caseId),
    onWaited: (outcome, ms) => metrics.handoffWait.observe({ outcome }, ms / 1000),
    onDead: deadLetters.receiver('handoffs', clock),
    onError: (error) => log.error({ err: error }, 'Something of a hand-off failed; it is tried again'),
  })
  return { desk, lobbies, dress, speakers }
}

function switchedOff(channel: string): AppError {
  return new AppError('config-invalid', {
    detail: `a place of staff is on ${channel}, which is not switched on`,
    remedy: 'Switch the channel on again, or take the place off with "unwatch" there.',
    subject: channel,
  })
}
