import type { Language } from '../../language.ts'
import { escapeMarkdown } from '../../rendering/compose/context.ts'
import type { DeskCard } from '../../rendering/desk-card.ts'
import type { Message } from '../../rendering/message.ts'
import { claimedCard, lineCard, requestCard, type CaseFacts } from './cards.ts'
import { ratingMessage, shownName, staffMessage, toldMessage } from './messages.ts'
import type { DeskPhrase } from './phrase-ids.ts'
import type { DeskPlace, Handoff, Pending, TranscriptLine } from './record.ts'
import { sayDesk, type DeskWords } from './words.ts'

export interface EffectPorts {
  readonly clock: () => Date
  readonly words: DeskWords
  /** The language of the desk. */
  readonly language: Language
  /** Where requests are posted. Without any, nobody can be reached. */
  readonly lobbies: () => Promise<readonly DeskPlace[]>
  /** Speaks to an applicant; sending twice under one id shows it once where the channel can. */
  readonly say: (place: Handoff['place'], message: Message, id: string) => Promise<void>
  /** Speaks to staff. */
  readonly post: (place: DeskPlace, card: DeskCard, id: string) => Promise<void>
  readonly factsOf: (caseId: string, language: Language) => Promise<CaseFacts>
  /** The open question of a case as it is put, for the applicant; undefined where there is no case any more. */
  readonly question: (caseId: string) => Promise<Message | undefined>
}

/** The same, with what was said in the hand-off so far. */
export interface Carrying extends EffectPorts {
  readonly transcript: (handoffId: string) => Promise<readonly TranscriptLine[]>
}

/** Of what was said before, a colleague who takes over sees so many lines. */
const LINES_SHOWN = 20

/** Carries out one effect of a transition, under an id that stays the same when it is carried out again. */
export async function carryOut(ports: Carrying, handoff: Handoff, pending: Pending): Promise<void> {
  const { effect, data } = pending
  const id = `${handoff.id}:${pending.id}`
  const name = escapeMarkdown(data['name'] ?? handoff.owner?.name ?? '')
  const shown = shownName(ports.words, handoff.language, data['name'], data['user'])
  const said = escapeMarkdown(data['said'] ?? '')
  // What the turn itself replies is not said once more.
  const inTurn = data['inTurn'] !== undefined
  const { words, clock } = ports
  const told = (phrase: DeskPhrase, values?: Readonly<Record<string, string>>) =>
    ports.say(handoff.place, toldMessage(words, handoff.language, phrase, values), id)
  const desk = (phrase: DeskPhrase, values: Readonly<Record<string, string | number>> = {}) =>
    toDesk(ports, handoff, lineOf(ports, phrase, { id: handoff.id, ...values }), id)
  switch (effect) {
    case 'post-card':
      return postCard(ports, handoff, data['said'], id)
    case 'tell-applicant-queued':
      return inTurn
        ? undefined
        : told('staff-back', { id: handoff.id, back: words.backSaid[handoff.language] })
    case 'tell-applicant-joined':
      return told('joined', { name: shown })
    case 'tell-applicant-left':
      return told('left', { name: shown })
    case 'tell-applicant-closed':
      return told('closed', { id: handoff.id })
    case 'tell-applicant-still-waiting':
      return told('still-waiting', { id: handoff.id, back: words.backSaid[handoff.language] })
    case 'ask-applicant-still-there':
      return told('still-there')
    case 'forward-to-applicant':
      return ports.say(handoff.place, staffMessage(words, handoff.language, shown, said), id)
    case 'ask-rating':
      return ports.say(handoff.place, ratingMessage(words, handoff.language), id)
    case 'tell-staff-claimed': {
      const line = lineOf(ports, 'claimed', { id: handoff.id, name, release: 'release', close: 'close' })
      const lines = pending.lines ?? (await ports.transcript(handoff.id)).slice(-LINES_SHOWN).map(lineText)
      const escaped = lines.map((one) => escapeMarkdown(one.replace(/\s+/g, ' ')))
      return toDesk(ports, handoff, claimedCard(words, ports.language, line, escaped), id)
    }
    case 'tell-staff-cancelled':
      return desk('cancelled')
    case 'nudge-owner':
      return desk('nudge-owner')
    case 'nudge-staff':
      return desk('nudge', { minutes: minutesSince(handoff.askedAt, clock()) })
    case 'forward-to-staff':
      // Before anybody has it, the transcript keeps what is said; whoever claims reads it.
      return data['owned'] === undefined ? undefined : desk('applicant-says', { text: said })
    case 'resume-bot': {
      const question = inTurn ? undefined : await ports.question(handoff.caseId)
      return question && ports.say(handoff.place, question, id)
    }
    // Nothing but the change, or in the reply of the turn.
    case 'tell-applicant-away':
    case 'keep':
    case 'note-rating':
      return undefined
  }
}

async function postCard(
  { words, language, lobbies, post, factsOf }: EffectPorts,
  handoff: Handoff,
  lastWords: string | undefined,
  id: string,
): Promise<void> {
  const card = requestCard(words, language, handoff, await factsOf(handoff.caseId, language), lastWords)
  for (const [at, lobby] of (await lobbies()).entries()) await post(lobby, card, `${id}:${at}`)
}

async function toDesk(
  { lobbies, post }: EffectPorts,
  { desk }: Handoff,
  card: DeskCard,
  id: string,
): Promise<void> {
  for (const [at, place] of (desk ? [desk] : await lobbies()).entries())
    await post(place, card, `${id}:${at}`)
}

function lineOf(
  { words, language }: EffectPorts,
  phrase: DeskPhrase,
  values: Readonly<Record<string, string | number>>,
): DeskCard {
  return lineCard(language, sayDesk(words, language, phrase, values))
}

function lineText({ name, text }: TranscriptLine): string {
  return name === undefined ? text : `${name}: ${text}`
}

export function minutesSince(then: number, now: Date): number {
  return Math.max(1, Math.round((now.getTime() - then) / 60_000))
}
