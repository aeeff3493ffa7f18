import { z } from 'zod'
import { LANGUAGES } from '../language.ts'

/** Shapes of the YAML files under `rules/`. Every file is parsed with these and never cast. */

const nonEmpty = z.string().trim().min(1)
export const textSchema = z.strictObject(
  Object.fromEntries(LANGUAGES.map((language) => [language, nonEmpty])) as Record<
    (typeof LANGUAGES)[number],
    typeof nonEmpty
  >,
)

/** Permanent id: dotted parts; a few inherited ones hold spaces or capitals and are kept to the letter. */
const id = z.string().regex(/^[A-Za-z][A-Za-z0-9_ .-]*$/)
export const regionCode = z.string().regex(/^CN-[A-Z]{2}$/, 'an ISO 3166-2 code such as CN-ZJ')
const day = z.iso.date()
/** Year, month or day of the newest source behind a statement, or `undated` where no source bears a date. */
const age = z.string().regex(/^(\d{4}(-\d{2}(-\d{2})?)?|undated)$/, 'a year, month, day or "undated"')

/** `key: value | [values] | {not: value | [values]}`: the one condition language of rules and dialogs. */
const conditionValue = z.union([
  z.string(),
  z.array(z.string()).min(1),
  z.strictObject({ not: z.union([z.string(), z.array(z.string()).min(1)]) }),
])
export const conditionSchema = z.record(z.string(), conditionValue)
export type ConditionValue = z.infer<typeof conditionValue>
export type Condition = z.infer<typeof conditionSchema>

export const sourceSchema = z.strictObject({
  title: nonEmpty,
  publisher: nonEmpty,
  /** As the document states it; may be a range or `undated`. */
  date: nonEmpty,
  /** Address or place of publication. */
  address: nonEmpty.optional(),
  readOn: z.string().regex(/^\d{4}-\d{2}(-\d{2})?$/),
  evidence: z.enum(['read', 'read in part', 'recalled']),
})
export const sourcesFile = z.strictObject({ sources: z.record(z.string(), sourceSchema) })

export const CONFIDENCES = ['high', 'medium', 'low'] as const
const entityScope = z.array(z.string()).min(1)

export const factSchema = z.strictObject({
  id,
  topic: z.string().min(1),
  appliesTo: z
    .strictObject({
      /** Entity kinds, or the groups `individual` / `organisation`. */
      entities: entityScope.optional(),
      filingTypes: z.array(z.string()).min(1).optional(),
      provinces: z.array(regionCode).min(1).optional(),
    })
    .optional(),
  text: textSchema,
  note: textSchema.optional(),
  sources: z.array(z.string()).min(1),
  newest: age,
  confidence: z.enum(CONFIDENCES),
  evidence: z.enum(['read', 'recalled', 'inferred']),
  /** How the statement stands today, where it is not simply current. */
  standing: z.enum(['era-2019-20', 'varies', 'conflict']).optional(),
  /** Held then, no longer stated: never shown as current. */
  superseded: z.literal(true).optional(),
  from: day.optional(),
  until: day.optional(),
  conflictsWith: z.array(z.string()).min(1).optional(),
  words: z.array(nonEmpty).min(1).optional(),
  /** A grouping of provinces: what each group does. */
  members: z
    .array(z.strictObject({ label: textSchema, text: textSchema, provinces: z.array(regionCode).min(1).optional() }))
    .min(1)
    .optional(),
  asks: z.array(nonEmpty).min(1).optional(),
})

/** Sources that differ: every position with its date, and the cautious advice, which is shown first. */
export const conflictSchema = z.strictObject({
  id,
  topic: z.string().min(1),
  appliesTo: z.strictObject({ entities: entityScope }).optional(),
  question: textSchema,
  advice: textSchema,
  positions: z
    .array(z.strictObject({ says: textSchema, source: z.string(), date: nonEmpty }))
    .min(2),
})

export const factsFile = z.strictObject({ facts: z.array(factSchema).min(1) })

export const RESIDENCE_VERDICTS = ['accepted', 'accepted_with_proof', 'refused', 'disputed', 'no_rule_found'] as const
export const provinceFile = z.strictObject({
  province: regionCode,
  name: textSchema,
  /** Other names people use, any language. */
  aliases: z.array(nonEmpty),
  kind: z.enum(['province', 'municipality', 'autonomous region']),
  sms: z.strictObject({ since: day, facts: z.array(z.string()).min(1) }),
  icpPrefix: nonEmpty,
  outOfProvinceIndividual: z.strictObject({ verdict: z.enum(RESIDENCE_VERDICTS), text: textSchema }),
  facts: z.array(factSchema).min(1),
  conflicts: z.array(conflictSchema).optional(),
})

export const topicsFile = z.strictObject({
  topics: z.record(
    z.string(),
    z.strictObject({
      title: textSchema,
      /** When an applicant needs it. `reference` topics are answered when asked for, not listed. */
      stage: z.enum(['prepare', 'submit', 'after', 'reference']),
      /** Listed for these filing types only; all when absent. */
      filingTypes: z.array(z.string()).min(1).optional(),
    }),
  ),
})

export const keySchema = z.strictObject({
  type: z.enum(['choice', 'choices', 'region']).default('choice'),
  values: z.array(z.string()).min(1).optional(),
  /** The value that holds while nobody has said anything about the key. `unsure` is not absence. */
  default: z.string().optional(),
  /** The key means something only where this holds; elsewhere its answer is kept aside and used by no rule. */
  only: conditionSchema.optional(),
  /** In a list: the value that stands alone, such as `none`. */
  alone: z.string().optional(),
})
export const keysFile = z.strictObject({
  keys: z.record(z.string(), keySchema),
  /** Groups of `entity.kind` that conditions and facts may name through `entity.group`. */
  groups: z.record(z.string(), z.array(z.string()).min(1)),
})

const dueSchema = z.strictObject({
  days: z.number().int().nonnegative(),
  after: z.string(),
  workingDays: z.boolean(),
})
export const rowSchema = z.strictObject({
  id,
  when: conditionSchema,
  result: z.string(),
  because: textSchema,
  sources: z.array(z.string()).min(1),
  facts: z.array(z.string()).min(1).optional(),
  confidence: z.enum(CONFIDENCES).default('high'),
  from: day.optional(),
  until: day.optional(),
  data: z.record(z.string(), textSchema).optional(),
  due: dueSchema.optional(),
})
export const tableSchema = z.strictObject({
  id,
  title: textSchema,
  /** `unique`: exactly one row for every case; `collect`: every row that holds adds its result. */
  hit: z.enum(['unique', 'collect']),
  inputs: z.array(z.string()).min(1),
  results: z.record(
    z.string(),
    z.strictObject({ label: textSchema, next: textSchema.optional(), summary: textSchema.optional() }),
  ),
  rows: z.array(rowSchema).min(1),
})

export type Source = z.infer<typeof sourceSchema>
export type Fact = z.infer<typeof factSchema>
export type Conflict = z.infer<typeof conflictSchema>
export type ProvinceFile = z.infer<typeof provinceFile>
export type Topic = z.infer<typeof topicsFile>['topics'][string]
export type Key = z.infer<typeof keySchema>
export type Row = z.infer<typeof rowSchema>
export type Table = z.infer<typeof tableSchema>
export type Confidence = (typeof CONFIDENCES)[number]
