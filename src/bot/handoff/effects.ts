import type { Language } from '../../language.ts'
import { escapeMarkdown } from '../../rendering/compose/context.ts'
import type { DeskCard } from '../../rendering/desk-card.ts'
import type { Message } from '../../rendering/message.ts'
import { lineCard, requestCard, type CaseFacts } from './cards.ts'
import { ratingMessage, staffMessage, toldMessage } from './messages.ts'
import type { DeskPhrase } from './phrase-ids.ts'
import type { DeskPlace, Handoff, Pending } from './record.ts'
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
  /** Puts the open question of a case again, of the bot's own accord. */
  readonly resume: (handoff: Handoff, id: string) => Promise<void>
}

/** Carries out one effect of a transition, under an id that stays the same when it is carried out again. */
export async function carryOut(ports: EffectPorts, handoff: Handoff, pending: Pending): Promise<void> {
  const { effect, data } = pending
  const id = `${handoff.id}:${pending.id}`
  const name = escapeMarkdown(data['name'] ?? handoff.owner?.name ?? '')
  const said = escapeMarkdown(data['said'] ?? '')
  const { words, clock } = ports
  const told = (phrase: DeskPhrase, values?: Readonly<Record<string, string>>) =>
    ports.say(handoff.place, toldMessage(words, handoff.language, phrase, values), id)
  const desk = (phrase: DeskPhrase, values: Readonly<Record<string, string | number>> = {}) =>
    toDesk(ports, handoff, phrase, { id: handoff.id, ...values }, id)
  switch (effect) {
    case 'post-card':
      return postCard(ports, handoff, data['said'], id)
    case 'tell-applicant-joined':
      return told('joined', { name })
    case 'tell-applicant-left':
      return told('left', { name })
    case 'tell-applicant-closed':
      return told('closed', { id: handoff.id })
    case 'tell-applicant-still-waiting':
      return told('still-waiting', { id: handoff.id, back: words.backSaid[handoff.language] })
    case 'ask-applicant-still-there':
      return told('still-there')
    case 'forward-to-applicant':
      return ports.say(handoff.place, staffMessage(words, handoff.language, name, said), id)
    case 'ask-rating':
      return ports.say(handoff.place, ratingMessage(words, handoff.language), id)
    case 'tell-staff-claimed':
      return desk('claimed', { name, release: 'release', close: 'close' })
    case 'tell-staff-cancelled':
      return desk('cancelled')
    case 'nudge-owner':
      return desk('nudge-owner')
    case 'nudge-staff':
      return desk('nudge', { minutes: minutesSince(handoff.askedAt, clock()) })
    case 'forward-to-staff':
      // Before anybody has it, the transcript keeps what is said.
      return handoff.state === 'assigned' ? desk('applicant-says', { text: said }) : undefined
    case 'resume-bot':
      return data['inTurn'] === undefined ? ports.resume(handoff, id) : undefined
    // In the reply of the turn itself, or nothing but the change.
    case 'tell-applicant-queued':
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
  { words, language, lobbies, post }: EffectPorts,
  { desk }: Handoff,
  phrase: DeskPhrase,
  values: Readonly<Record<string, string | number>>,
  id: string,
): Promise<void> {
  const card = lineCard(language, sayDesk(words, language, phrase, values))
  for (const [at, place] of (desk ? [desk] : await lobbies()).entries())
    await post(place, card, `${id}:${at}`)
}

export function minutesSince(then: number, now: Date): number {
  return Math.max(1, Math.round((now.getTime() - then) / 60_000))
}
