import { z } from 'zod'
import { conditionSchema, CONFIDENCES, textSchema } from '../schema.ts'

/** How bad a hit is: expect a rejection, bring a paper or an explanation, or think of changing it. */
export const SEVERITIES = ['reject', 'ask-for-paper', 'advise'] as const

/** What the code can look for; rules/names.yaml says where, and with which words or length. */
export const CHECKS = [
  'contains',
  'starts',
  'equals',
  'not-of-form',
  'only-latin-or-digits',
  'contains-latin',
  'fewer-han-than',
  'more-characters-than',
  'special-characters',
  'invisible-characters',
  'domain',
  'region-names',
  'unlike-entity',
] as const

const nonEmpty = z.string().trim().min(1)
export const nameRuleSchema = z.strictObject({
  id: z.string().regex(/^names\.[A-Za-z-]+$/),
  check: z.enum(CHECKS),
  severity: z.enum(SEVERITIES),
  /** Whom it concerns, in the condition language of rules; everybody when absent. */
  when: conditionSchema.default({}),
  words: z.array(nonEmpty).min(1).optional(),
  /** The fact whose `words` it uses. */
  wordsFrom: z.string().optional(),
  /** In characters. */
  length: z.number().int().positive().optional(),
  because: textSchema,
  facts: z.array(z.string()).min(1),
  sources: z.array(z.string()).min(1),
  confidence: z.enum(CONFIDENCES).default('high'),
  from: z.iso.date().optional(),
  until: z.iso.date().optional(),
})
export const namesFile = z.strictObject({
  /** Pairs of a traditional and its simplified character, with spaces between the pairs. */
  variants: z.string().regex(/^(?:\S{2} )*\S{2}$/u, 'pairs of two characters with one space between'),
  rules: z.array(nameRuleSchema).min(1),
})

export type NameRule = z.infer<typeof nameRuleSchema>
export type Check = (typeof CHECKS)[number]
export type Severity = (typeof SEVERITIES)[number]
