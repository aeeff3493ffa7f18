import { UNSURE, type Answers } from '../../rules/answers.ts'
import type { Assessment } from '../../rules/assess/assess.ts'
import { settledValue } from '../../rules/knowledge.ts'
import type { Context } from '../../rules/values/validation.ts'
import type { PreCheckKit } from './kit.ts'

/** What is looked at: answers that count, and what the rules say of them. */
export interface Subject {
  readonly kit: PreCheckKit
  readonly answers: Answers
  readonly assessment: Assessment
}

/** A single answer; undefined where it is missing, left out or a list. */
export function textOf({ answers }: Subject, key: string): string | undefined {
  const value = Object.hasOwn(answers, key) ? answers[key] : undefined
  return typeof value === 'string' && value !== UNSURE ? value : undefined
}

/** An answer as a list, empty where it is missing or left out. */
export function listOf({ answers }: Subject, key: string): readonly string[] {
  const value = Object.hasOwn(answers, key) ? answers[key] : undefined
  if (value === undefined || value === UNSURE) return []
  return typeof value === 'string' ? [value] : value
}

export function isAnswered({ answers }: Subject, key: string): boolean {
  return Object.hasOwn(answers, key)
}

export function isLeftOut({ answers }: Subject, key: string): boolean {
  return Object.hasOwn(answers, key) && answers[key] === UNSURE
}

/** Where it can be filed: in the province of the papers, or where an individual lives. */
export function filingProvinces({ assessment: { know } }: Subject): readonly string[] {
  return ['entity.province', 'entity.residence.province'].flatMap((key) => settledValue(know(key)) ?? [])
}

/** What a value is compared with; what belongs to one value alone is laid over it. */
export function contextOf({ kit, assessment }: Subject, more: Partial<Context> = {}): Context {
  return {
    book: kit.values,
    asOf: assessment.asOf,
    entityKind: settledValue(assessment.know('entity.kind')),
    ...more,
  }
}
