import { z } from 'zod'
import { LANGUAGES } from '../../language.ts'

/**
 * The dossier as data, for other programs: `rules/schema/dossier.json` is made from this. A new field is a new minor
 * version, a field that changes or goes a new major one.
 */
export const DOSSIER_VERSION = '1.0'

const text = z.strictObject({ 'zh-CN': z.string(), en: z.string() }).describe('The same in both languages')
const day = z.iso.date()
const sourceKeys = z.array(z.string()).describe('Keys of `sources`')

const statement = z.strictObject({
  id: z.string().describe('Permanent id of the rule or fact'),
  label: text.optional(),
  text,
  sources: sourceKeys,
  confidence: z.enum(['high', 'medium', 'low']),
  certain: z.boolean().describe('False while an open answer could still take it away'),
})
export type DossierStatement = z.infer<typeof statement>

const answer = z.strictObject({
  section: z.string(),
  question: text,
  value: z
    .union([z.string(), z.array(z.string())])
    .describe('As kept: an option, or what was typed; `unsure`'),
  text: text.describe('The value as people read it'),
  personal: z.enum(['none', 'personal', 'sensitive']),
})

const field = z.strictObject({
  id: z.string(),
  label: text,
  state: z
    .enum(['value', 'open', 'there', 'official'])
    .describe(
      '`open`: not answered yet. `there`: left out here, typed into the official system. `official`: done there only',
    ),
  value: z.string().optional().describe('To be typed or chosen in the official form, which is in Chinese'),
  english: z.string().optional().describe('The value for a reader of English, where it differs'),
  key: z.string().optional().describe('Key of the answer it comes from'),
  needsChinese: z.literal(true).optional().describe('It has to be in Chinese, and is not'),
})

const finding = z.strictObject({
  id: z.string(),
  severity: z.string(),
  text,
  fix: text.optional(),
  keys: z.array(z.string()).describe('Answers concerned'),
  sources: sourceKeys,
})
export type DossierFinding = z.infer<typeof finding>

const item = z.strictObject({
  id: z.string(),
  label: text,
  text,
  notes: z.array(text).describe('How to photograph it, what the official app does itself'),
  sources: sourceKeys,
  certain: z.boolean(),
})
export type DossierItem = z.infer<typeof item>

export const dossierSchema = z.strictObject({
  version: z.literal(DOSSIER_VERSION),
  caseCode: z.string().optional(),
  language: z.enum(LANGUAGES).describe('Language of the conversation'),
  madeAt: z.iso.datetime(),
  rulesAsOf: day.describe('The day whose rules were applied, in Asia/Shanghai'),
  complete: z.boolean().describe('Every question that applies is answered'),
  checked: z.boolean().describe('The applicant confirmed the answers'),
  answers: z.record(z.string(), answer).describe('Exactly the answers that apply, by their key'),
  formSheet: z.array(z.strictObject({ id: z.string(), title: text, fields: z.array(field) })),
  checklist: z.array(item),
  findings: z.array(finding).nullable().describe('Of the pre-check; null where it was not made'),
  results: z.strictObject({
    filing: z.strictObject({
      type: z.string().nullable(),
      possible: z.array(z.strictObject({ type: z.string(), label: text, next: text.optional() })),
      reasons: z.array(statement),
    }),
    preApprovals: z.array(
      z.strictObject({
        category: z.string(),
        need: z.string(),
        authority: text.optional(),
        document: text.optional(),
        statement,
      }),
    ),
    commercialLicence: z.strictObject({ result: z.string(), reasons: z.array(statement) }),
    sms: z.strictObject({ required: z.boolean().nullable(), since: day.nullable() }),
  }),
  province: z
    .strictObject({ id: z.string(), name: text, requirements: z.array(statement) })
    .nullable()
    .describe('What the region asks for beyond the national rules'),
  flow: z
    .array(z.strictObject({ id: z.string(), title: text, statements: z.array(statement) }))
    .describe('The steps of the official order, in their order'),
  obligations: z.array(
    statement.extend({
      due: z
        .strictObject({ days: z.number(), after: z.string(), workingDays: z.boolean() })
        .nullable()
        .describe('Time limit, counted from an event'),
    }),
  ),
  sources: z.record(
    z.string(),
    z.strictObject({
      title: z.string(),
      publisher: z.string(),
      date: z.string(),
      address: z.string().optional(),
    }),
  ),
  disclaimer: text,
})
export type Dossier = z.infer<typeof dossierSchema>

/** JSON Schema (draft 2020-12) of the dossier, as text for `rules/schema/dossier.json`. */
export function dossierJsonSchema(): string {
  const { $schema, ...schema } = z.toJSONSchema(dossierSchema)
  const title = `Dossier of an ICP filing, version ${DOSSIER_VERSION}`
  return `${JSON.stringify({ $schema, title, ...schema }, undefined, 2)}\n`
}
