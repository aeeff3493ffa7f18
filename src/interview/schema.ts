import { z } from 'zod'
import { conditionSchema, textSchema } from '../rules/schema.ts'

/** Shapes of the YAML files under `dialogs/`. */

const nonEmpty = z.string().trim().min(1)

export const optionSchema = z.strictObject({
  value: z.string().min(1),
  label: textSchema,
  /** Other ways people say it, any language. */
  synonyms: z.array(nonEmpty).default([]),
})

/** What an outcome shows; the assessment holds one part for each. */
export const OUTCOMES = [
  'filing-type',
  'notices',
  'pre-approval',
  'commercial-licence',
  'documents',
  'people',
  'residence',
  'domain-requirements',
  'server-requirements',
  'province',
  'sms',
  'changes',
  'obligations',
  'footer',
] as const

/** What a typed answer has to be; src/interview/fields.ts says how each is checked. */
export const FIELDS = [
  'address',
  'certificate-number',
  'credit-code',
  'date',
  'division',
  'domains',
  'email',
  'identity-number',
  'ip-addresses',
  'mobile',
  'organisation-name',
  'person-name',
  'phone',
  'remark',
  'server-resource',
  'url',
  'website-name',
] as const
export type Field = (typeof FIELDS)[number]

export const questionSchema = z.strictObject({
  /** The answer key, as in rules/keys.yaml. */
  id: z.string().min(1),
  /** A few words, for summaries and for "change …". */
  label: textSchema,
  ask: textSchema,
  why: textSchema,
  help: textSchema.optional(),
  /** Facts that back the "why", cited by id. */
  facts: z.array(z.string()).min(1),
  /** How to find the answer out; required where `unsure` is an answer. */
  settle: textSchema.optional(),
  unsure: z.boolean().default(false),
  personal: z.enum(['none', 'personal', 'sensitive']).default('none'),
  when: conditionSchema.default({}),
  /** Absent for regions, whose options are the regions, and for fields. */
  options: z.array(optionSchema).min(1).optional(),
  /** The answer is typed: what it has to be. Its key is not one of rules/keys.yaml. */
  field: z.enum(FIELDS).optional(),
  /** A typed answer that may be left out; the applicant then fills it in on the official form. */
  skip: z.boolean().default(false),
})

export const sectionSchema = z.strictObject({
  id: z.string().min(1),
  title: textSchema,
  /** Its answers go into the application: they count whether or not a rule depends on them. */
  application: z.boolean().default(false),
  shows: z.array(z.enum(OUTCOMES)).min(1),
  questions: z.array(questionSchema).min(1),
})

export type Outcome = (typeof OUTCOMES)[number]
export type QuestionOption = z.infer<typeof optionSchema>
export type Question = z.infer<typeof questionSchema>
export type Section = z.infer<typeof sectionSchema>
