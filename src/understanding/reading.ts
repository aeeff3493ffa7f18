import type { AnswerValue } from '../rules/answers.ts'

export type Reading =
  | { readonly kind: 'answer'; readonly value: AnswerValue }
  /** Several options fit: they are offered, not chosen. */
  | { readonly kind: 'ambiguous'; readonly values: readonly string[] }
  | { readonly kind: 'none' }

export const NONE: Reading = { kind: 'none' }

export function answer(value: AnswerValue): Reading {
  return { kind: 'answer', value }
}

export function chosen(values: readonly string[]): Reading {
  const [first, ...others] = new Set(values)
  if (first === undefined) return NONE
  return others.length === 0 ? answer(first) : { kind: 'ambiguous', values: [first, ...others] }
}
