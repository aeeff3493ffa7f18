import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { AnswerValue, Answers } from '../rules/answers.ts'
import type { Case } from './case.ts'
import type { Dialogs } from './dialogs.ts'

/** Each consent, and the classes of answers that are kept by it (`personal` of a question). */
export const CONSENTS = {
  'consent.personal': ['personal', 'sensitive'],
  'consent.identity': ['sensitive'],
} as const
export type Consent = keyof typeof CONSENTS
const NAMES = Object.keys(CONSENTS) as readonly Consent[]

/** A decision about a consent, kept with the case as long as the case: what was said to which words, and when. */
export const consentNoteSchema = z.object({
  consent: z.string(),
  answer: z.enum(['yes', 'no', 'withdrawn']),
  at: z.iso.datetime(),
  /** Version of the words that were answered: changes with every change of them (`textVersion`). */
  text: z.string(),
})
export type ConsentNote = Readonly<z.infer<typeof consentNoteSchema>>

/** The case without that consent; what it covered goes when the turn is settled. */
export function withdrawn(current: Case, consent: Consent): Case {
  return {
    ...current,
    answers: { ...current.answers, [consent]: 'no' },
    aside: without(current.aside, (key) => key === consent),
    revision: current.revision + 1,
  }
}

/** Whether an answer takes a consent back that was given. */
export function takesBack(current: Case, question: string, value: AnswerValue): question is Consent {
  const consent = NAMES.find((name) => name === question)
  return consent !== undefined && value === 'no' && saidYes(current, consent)
}

/** Whether there is anything a withdrawal would change: a yes, or an answer that only the consent lets us keep. */
export function canWithdraw(dialogs: Pick<Dialogs, 'questions'>, current: Case, consent: Consent): boolean {
  return saidYes(current, consent) || coveredKeys(dialogs, current, consent).length > 0
}

/** Keys of what is kept under a consent. A key no question has, of another release, counts as personal. */
export function coveredKeys(
  { questions }: Pick<Dialogs, 'questions'>,
  { answers, aside }: Pick<Case, 'answers' | 'aside'>,
  consent: Consent,
): readonly string[] {
  const classes: readonly string[] = CONSENTS[consent]
  return [...new Set([...Object.keys(answers), ...Object.keys(aside)])].filter((key) =>
    classes.includes(questions.get(key)?.personal ?? 'personal'),
  )
}

export interface SettledConsents {
  readonly case: Case
  /** Consents that were given before and are not any more: what they covered has to go everywhere. */
  readonly withdrawn: readonly Consent[]
}

/**
 * What follows from the answers to consents, whatever way they were given: no answer stays that a refused consent
 * covers, and every new decision is noted.
 * @param textOf version of the words a decision was made on
 */
export function settleConsents(
  dialogs: Pick<Dialogs, 'questions'>,
  before: Case,
  after: Case,
  now: Date,
  textOf: (consent: Consent) => string,
): SettledConsents {
  if (before.answers === after.answers) return { case: after, withdrawn: [] }
  const refused = NAMES.filter((consent) => after.answers[consent] === 'no')
  const gone = new Set(refused.flatMap((consent) => coveredKeys(dialogs, after, consent)))
  // Identity numbers cannot be agreed to alone: whoever agrees again later is asked for both again.
  if (refused.includes('consent.personal')) gone.add('consent.identity')
  const kept = (answers: Answers) => without(answers, (key) => gone.has(key))
  const over = NAMES.filter(
    (consent) => saidYes(before, consent) && (refused.includes(consent) || gone.has(consent)),
  )
  const notes = NAMES.flatMap((consent): readonly ConsentNote[] => {
    const answer = over.includes(consent) ? 'withdrawn' : newAnswer(before, after, consent, gone)
    return answer === undefined ? [] : [{ consent, answer, at: now.toISOString(), text: textOf(consent) }]
  })
  if (gone.size === 0 && notes.length === 0) return { case: after, withdrawn: over }
  const consents = [...(after.consents ?? []), ...notes]
  const answers = gone.size === 0 ? after.answers : kept(after.answers)
  return { case: { ...after, answers, aside: kept(after.aside), consents }, withdrawn: over }
}

/** A short digest of words: the same words have the same version on every process and in every release. */
export function textVersion(...texts: readonly string[]): string {
  return createHash('sha256').update(texts.join('\n')).digest('hex').slice(0, 12)
}

function newAnswer(
  before: Case,
  after: Case,
  consent: Consent,
  gone: ReadonlySet<string>,
): 'yes' | 'no' | undefined {
  const value = gone.has(consent) ? undefined : after.answers[consent]
  if (value === before.answers[consent] || (value !== 'yes' && value !== 'no')) return undefined
  return value
}

/** A question that was opened again for a change still has its yes, set aside. */
function saidYes({ answers, aside }: Case, consent: Consent): boolean {
  return (answers[consent] ?? aside[consent]) === 'yes'
}

function without(answers: Answers, leaves: (key: string) => boolean): Answers {
  return Object.fromEntries(Object.entries(answers).filter(([key]) => !leaves(key)))
}
