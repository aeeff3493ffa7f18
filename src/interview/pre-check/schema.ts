import { z } from 'zod'
import { conditionSchema, textSchema } from '../../rules/schema.ts'

/** Shapes of `rules/pre-check.yaml`. */

/** Worst first: returned for sure, likely returned, wanted as a paper or an explanation, worth a thought. */
export const SEVERITIES = ['rejects', 'likely', 'paper', 'advise'] as const
export type Severity = (typeof SEVERITIES)[number]

/** What the code can look for; each rule says with which of these, on which answers. */
export const CHECKS = [
  'repeated',
  'left-out',
  'site-name',
  'site-name-of-individual',
  'site-name-unlike-entity',
  'several-domains',
  'suffix-of-a-country',
  'suffix-not-listed',
  'suffix-reserved',
  'suffix-missing',
  'home-page-elsewhere',
  'number-of-a-virtual-operator',
  'not-a-mobile',
  'under-age',
  'age-differs',
  'identity-of-another-province',
  'code-of-another-province',
  'code-of-another-kind',
  'name-of-another-kind',
  'name-in-latin',
  'division-of-another-province',
  'files-where-living',
  'address-in-another-city',
  'address-without-number',
  'address-with-words',
  'remark-missing',
] as const
export type CheckName = (typeof CHECKS)[number]

const nonEmpty = z.string().trim().min(1)
const key = nonEmpty
const answersSchema = z.record(key, z.union([nonEmpty, z.array(nonEmpty).min(1)]))

export const ruleSchema = z.strictObject({
  id: z.string().regex(/^precheck\.[a-z-]+$/),
  /** The rejection it foresees: a fact of national/reject.yaml. None where nobody rejects, and it still goes wrong. */
  rejection: nonEmpty.optional(),
  severity: z.enum(SEVERITIES),
  when: conditionSchema.default({}),
  /** Compares what no condition can: a check in code. */
  check: z.enum(CHECKS).optional(),
  /** With a check: groups of answers of which no two may be the same. */
  apart: z.array(z.array(key).min(2)).min(1).optional(),
  /** With a check: words it looks for, or by whose absence it fires. */
  words: z.array(nonEmpty).min(1).optional(),
  /** With a check: characters. */
  length: z.number().int().positive().optional(),
  /** Rows of a decision table, by result: their own words are told. */
  table: z.strictObject({ id: nonEmpty, results: z.array(nonEmpty).min(1) }).optional(),
  /** Answers to look at. Nothing is said before the first of them is given. */
  keys: z.array(key).min(1),
  facts: z.array(nonEmpty).default([]),
  /** A few words; those of the rejection where there are none. */
  title: textSchema.optional(),
  /** What is wrong; `{found}` is the part found. A table and a website name have words of their own. */
  text: textSchema.optional(),
  /** What to do; that of the rejection where there is none. */
  fix: textSchema.optional(),
  /** Answers, laid over the sound case, that set it off. */
  example: answersSchema,
  /** Answers laid over these, after which it is gone. */
  mended: answersSchema,
})
export type PreCheckRule = z.infer<typeof ruleSchema>

const unforeseen = z.strictObject({
  rejection: nonEmpty,
  when: conditionSchema.default({}),
  /** Why nothing in the answers tells. */
  why: textSchema,
})
export type Unforeseen = z.infer<typeof unforeseen>

export const preCheckFile = z.strictObject({
  /** The day on which the examples are judged. */
  asOf: z.iso.date(),
  /** Where nothing is filed, nothing is looked at. */
  when: conditionSchema,
  /** A sound application without any finding; examples change single answers of it. */
  sound: answersSchema,
  rules: z.array(ruleSchema).min(1),
  unforeseen: z.array(unforeseen),
  /** What a change is tried on, one answer at a time: other values, or a list without each of its members. */
  tries: z
    .array(
      z.strictObject({
        key,
        /** `each`: without one member of a list; else the values to try. */
        to: z.union([z.literal('each'), z.array(nonEmpty).min(1)]),
        when: conditionSchema.default({}),
      }),
    )
    .min(1),
})
export type PreCheckFile = z.infer<typeof preCheckFile>
