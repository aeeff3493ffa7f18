import { z } from 'zod'
import { LANGUAGES } from '../language.ts'
import type { AnswerValue, Answers } from '../rules/answers.ts'
import { consentNoteSchema, type ConsentNote } from './consent.ts'
import { followingSchema, type Following } from './following/milestones.ts'
import type { Resolution } from './resolve.ts'

/**
 * What is kept of a case: answers and language. Where it stands follows from the answers (`resolve`), so back,
 * edit, resume and a new release need no code of their own.
 */
export const caseSchema = z.object({
  schema: z.literal(1),
  id: z.string().min(1),
  language: z.enum(LANGUAGES),
  answers: z.record(z.string(), z.union([z.string(), z.array(z.string())])),
  /** Answers taken back for a change; a new answer, or the same again, replaces one. */
  aside: z.record(z.string(), z.union([z.string(), z.array(z.string())])),
  /** Counts every change of the answers. Buttons carry it, so that an old one is known for what it is. */
  revision: z.number().int().nonnegative(),
  /** Revision of the last restart: buttons from before it belong to answers that were forgotten. */
  epoch: z.number().int().nonnegative(),
  /** The way through the authorities, once the application was handed in. */
  following: followingSchema.optional(),
  /** What was agreed to, refused and withdrawn, oldest first. */
  consents: z.array(consentNoteSchema).optional(),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
})
export type Case = Readonly<
  Omit<z.infer<typeof caseSchema>, 'answers' | 'aside' | 'following' | 'consents'>
> & {
  readonly answers: Answers
  readonly aside: Answers
  readonly following?: Following | undefined
  readonly consents?: readonly ConsentNote[] | undefined
}

export function newCase(id: string, language: Case['language'], now: Date): Case {
  return {
    schema: 1,
    id,
    language,
    answers: {},
    aside: {},
    revision: 0,
    epoch: 0,
    createdAt: now.toISOString(),
    updatedAt: now.toISOString(),
  }
}

/** Sets an answer; whatever was kept aside for the key is gone. */
export function withAnswer(current: Case, key: string, value: AnswerValue): Case {
  return changed(current, { ...current.answers, [key]: value }, without(current.aside, key), key)
}

/** Opens an answered question again. Later answers stay and count again as soon as they apply. */
export function reopened(current: Case, key: string): Case {
  const value = Object.hasOwn(current.answers, key) ? current.answers[key] : undefined
  if (value === undefined) return current
  return changed(current, without(current.answers, key), { ...current.aside, [key]: value })
}

/** One step back: the last answered question is open again. The case itself when there is none. */
export function steppedBack(current: Case, resolution: Resolution): Case {
  const last = resolution.path.at(-1)
  return last ? reopened(current, last.question.id) : current
}

/** Forgets all answers and what was followed of them, keeps case and language. */
export function restarted(current: Case): Case {
  const next = changed({ ...current, following: undefined }, {}, {})
  return { ...next, epoch: next.revision }
}

/** The answers as they were before one was opened for a change: what a change is compared with. */
export function answersBefore(current: Case): Answers {
  if (Object.keys(current.aside).length === 0) return current.answers
  return { ...current.aside, ...current.answers }
}

/** The question that ends the application: whether all of it is right. */
export const CHECKED = 'application.checked'

/** What was checked is not checked any more once something else changes. */
function changed(current: Case, answers: Answers, aside: Answers, key?: string): Case {
  return {
    ...current,
    answers: key === CHECKED ? answers : without(answers, CHECKED),
    aside: without(aside, CHECKED),
    revision: current.revision + 1,
  }
}

function without(answers: Answers, key: string): Answers {
  return Object.fromEntries(Object.entries(answers).filter(([name]) => name !== key))
}
