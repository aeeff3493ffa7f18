import { accepts } from './condition.ts'
import { holds } from './condition.ts'
import { INAPPLICABLE, one, type Known, type Knowledge } from './knowledge.ts'
import { valuesOf, type RuleBook } from './rulebook.ts'
import type { ConditionValue } from './schema.ts'

/** "I don't know", as an answer: it leaves every value open, unlike silence it has been asked for. */
export const UNSURE = 'unsure'

export type AnswerValue = string | readonly string[]
/** Answers under their dotted keys. Own properties only; build with `Object.fromEntries` or `createAnswers`. */
export type Answers = Readonly<Record<string, AnswerValue>>

/** What the answers say about each key; keys that do not apply are out, whatever was answered. */
export function knowledgeFrom(book: RuleBook, answers: Answers): Knowledge {
  const cache = new Map<string, Known>()
  const know: Knowledge = (key) => {
    const cached = cache.get(key)
    if (cached) return cached
    // Guards against a key whose `only` leads back to itself: the check reports such a circle.
    cache.set(key, INAPPLICABLE)
    const known = derive(key)
    cache.set(key, known)
    return known
  }
  const derive = (key: string): Known => {
    if (key === 'entity.group') return groupOf(book, know('entity.kind'))
    const declared = book.keys.get(key)
    if (!declared) return INAPPLICABLE
    const fallback = declared.default
    if (declared.only && holds(declared.only, know) === 'false')
      return fallback === undefined ? INAPPLICABLE : one(fallback)
    const answer = Object.hasOwn(answers, key) ? answers[key] : undefined
    if (declared.type === 'choices')
      return { kind: 'list', values: Array.isArray(answer) ? (answer as readonly string[]) : undefined }
    if (typeof answer === 'string' && answer !== UNSURE) return one(answer)
    if (answer === undefined && fallback !== undefined) return one(fallback)
    return one(...valuesOf(book, key))
  }
  return know
}

/** Lays further known keys over a knowledge, such as a decision's result. */
export function withKnown(know: Knowledge, more: Readonly<Record<string, Known>>): Knowledge {
  return (key) => (Object.hasOwn(more, key) ? (more[key] ?? INAPPLICABLE) : know(key))
}

function groupOf(book: RuleBook, entityKind: Known): Known {
  if (entityKind.kind === 'list') return INAPPLICABLE
  return one(
    ...Object.entries(book.groups)
      .filter(([, kinds]) => entityKind.possible.some((kind) => kinds.includes(kind)))
      .map(([group]) => group),
  )
}

export type AnswerProblem =
  | { readonly key: string; readonly problem: 'key-unknown' }
  | { readonly key: string; readonly problem: 'value-unknown'; readonly value: string; readonly allowed: readonly string[] }
  | { readonly key: string; readonly problem: 'not-text' | 'not-list' | 'empty-list' }
  | { readonly key: string; readonly problem: 'alone'; readonly value: string }

/** Checks one answer against its key; undefined when it is fine. Never throws, whatever it is given. */
export function answerProblem(book: RuleBook, key: string, value: unknown): AnswerProblem | undefined {
  const declared = book.keys.get(key)
  if (!declared) return { key, problem: 'key-unknown' }
  if (value === UNSURE) return undefined
  const allowed = valuesOf(book, key)
  if (declared.type !== 'choices') {
    if (typeof value !== 'string') return { key, problem: 'not-text' }
    return allowed.includes(value) ? undefined : { key, problem: 'value-unknown', value, allowed: [...allowed, UNSURE] }
  }
  if (!Array.isArray(value)) return { key, problem: 'not-list' }
  if (value.length === 0) return { key, problem: 'empty-list' }
  const wrong: unknown = value.find((item) => typeof item !== 'string' || !allowed.includes(item))
  if (wrong !== undefined) return { key, problem: 'value-unknown', value: shown(wrong), allowed: [...allowed, UNSURE] }
  if (declared.alone !== undefined && value.length > 1 && value.includes(declared.alone))
    return { key, problem: 'alone', value: declared.alone }
  return undefined
}

/** Whether a scope such as `[organisation]` or `[enterprise, law-firm]` covers an entity kind or its group. */
export function entityInScope(book: RuleBook, scope: readonly string[] | undefined, know: Knowledge): boolean {
  if (!scope) return true
  const named: ConditionValue = [...scope]
  const kind = know('entity.kind')
  const group = know('entity.group')
  const possible = (known: Known) => (known.kind === 'one' ? known.possible : [])
  return [...possible(kind), ...possible(group)].some((value) => accepts(named, value))
}

/** For an error message; takes whatever a program may have put there. */
function shown(value: unknown): string {
  if (typeof value === 'string') return value.slice(0, 80)
  return Array.isArray(value) ? 'a list' : value === null ? 'null' : typeof value
}
