import type { Case } from '../../../interview/case.ts'
import type { Resolution } from '../../../interview/resolve.ts'
import type { Language } from '../../../language.ts'
import type { Composing } from '../../../rendering/compose/context.ts'
import { escapeMarkdown } from '../../../rendering/compose/context.ts'
import type { DeskButton, DeskCard } from '../../../rendering/desk-card.ts'
import type { Block, Message } from '../../../rendering/message.ts'
import type { Store } from '../../../store/port.ts'
import { redact } from '../../../trust/redact.ts'
import type { CaseCodes } from '../../case-code.ts'
import { clock as clockText } from '../../handoff/cards.ts'
import type { Handoffs } from '../../handoff/handoffs.ts'
import type { Handoff, TranscriptLine } from '../../handoff/record.ts'
import { personalValues } from '../../personal-values.ts'
import type { Brain } from '../../turn/brain.ts'
import { sayWords, wordFor } from '../command-words.ts'
import type { StaffSaid } from '../handoff-desk.ts'
import { keepDeed, type Deed } from './audit.ts'
import type { Proposals } from './proposals.ts'
import type { CaseCommand, CaseDeskWords, CasePhrase } from './words.ts'

export interface CaseDeskOptions {
  readonly brain: Brain
  readonly words: CaseDeskWords
  readonly store: Store
  readonly codes: CaseCodes
  readonly handoffs: Handoffs
  readonly proposals: Proposals
  /** The language of the desk. */
  readonly language: Language
  readonly clock: () => Date
  /** The last messages of a case from the channels of its applicant, oldest first, as they were written. */
  readonly messages?: (caseId: string, limit: number) => Promise<readonly TranscriptLine[]>
  /** Speaks to an applicant whose conversation a person holds; the bot itself is silent there. */
  readonly say?: (place: Handoff['place'], message: Message, id: string) => Promise<void>
  /** A milestone was set: reminders follow from it. `place` where the case has a hand-off. */
  readonly onMilestone?: (caseId: string, place: Handoff['place'] | undefined) => Promise<void>
}

/** One command about one case, with the case. */
export interface Looking {
  readonly options: CaseDeskOptions
  readonly said: StaffSaid
  readonly caseId: string
  /** As staff typed it. */
  readonly code: string
  readonly current: Case
  readonly resolution: Resolution
  /** What stands behind the code. */
  readonly rest: string
  readonly language: Language
  readonly on: Composing
  readonly now: Date
  readonly asOf: string
}

export function speak(
  { options, language }: Pick<Looking, 'options' | 'language'>,
  id: CasePhrase,
  values?: Readonly<Record<string, string | number>>,
): string {
  return sayWords(options.words, language, id, values)
}

/** A command as a button sends it or an example shows it. */
export function typed(
  { options, language, code }: Pick<Looking, 'options' | 'language' | 'code'>,
  command: CaseCommand,
  argument = '',
): string {
  return `${wordFor(options.words.commands[command], language)} ${code} ${argument}`.trim()
}

export function card(
  { language }: Pick<Looking, 'language'>,
  blocks: readonly Block[],
  buttons: readonly DeskButton[] = [],
): DeskCard {
  return { language, blocks, buttons }
}

export function notice(looking: Pick<Looking, 'language'>, text: string): DeskCard {
  return card(looking, [{ kind: 'text', tone: 'notice', text }])
}

/** What a person wrote, without anything personal of the case and without markup. */
export function masked({ options, current }: Looking, text: string): string {
  return escapeMarkdown(redact(text, personalValues(options.brain.dialogs, current)))
}

export function timeOf({ language }: Looking, at: string | number): string {
  return clockText(typeof at === 'string' ? Date.parse(at) : at, language)
}

/** Kept before it is done; one message does one thing, also when it is delivered again. */
export function onRecord({ options, said, caseId, now }: Looking, did: Deed, what?: string): Promise<void> {
  const { channel, tenant, user } = said.staff
  const id = [channel, tenant, user, said.activityId, did].join(':')
  return keepDeed(options.store, id, {
    ...{ caseId, at: now.toISOString(), by: said.staff, did },
    ...(what === undefined ? {} : { what }),
  })
}
