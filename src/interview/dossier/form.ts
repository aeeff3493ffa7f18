import { z } from 'zod'
import { holds } from '../../rules/condition.ts'
import { fileNamed, parseFile, readYamlFile, type YamlFile } from '../../rules/read.ts'
import { conditionSchema, textSchema } from '../../rules/schema.ts'
import type { Resolution } from '../resolve.ts'

const keys = z.array(z.string().min(1)).min(1)
const facts = z.array(z.string().min(1)).min(1)

const fieldSchema = z.strictObject({
  id: z.string().min(1),
  /** What the official form says; the Chinese is what stands there. */
  label: textSchema,
  /** When the form has the field. */
  when: conditionSchema.default({}),
  /** Answer keys, the first that was asked counts. Absent: only the official system or app can do it. */
  from: keys.optional(),
  /** Another answer, where that question was not asked, unless the condition holds. */
  otherwise: z.strictObject({ from: keys, unless: conditionSchema }).optional(),
  /** What to choose where no question is needed; the first that certainly holds. */
  values: z.array(z.strictObject({ when: conditionSchema, value: textSchema })).default([]),
  /** When the value has to be in Chinese. */
  chinese: conditionSchema.optional(),
  facts,
})

const partSchema = z.strictObject({
  id: z.string().min(1),
  title: textSchema,
  fields: z.array(fieldSchema).min(1),
})

const stepSchema = z.strictObject({
  id: z.string().min(1),
  title: textSchema,
  /** What to know at the step, in the rules' own words. */
  facts,
  parts: z.array(partSchema),
})

const FILE = 'form.yaml'

/** `rules/form.yaml`: the steps of the official order and the fields of its form, both in their order. */
const formFile = z.strictObject({
  /** Where a form is filled in at all. */
  when: conditionSchema.default({}),
  steps: z.array(stepSchema).min(1),
})

export type FormField = z.infer<typeof fieldSchema>
export type FormPart = z.infer<typeof partSchema>
export type FormStep = z.infer<typeof stepSchema>
export type OfficialForm = z.infer<typeof formFile>

/** Reads `form.yaml` below `rules/`. Throws AppError `rules-invalid` naming file and place. */
export function loadForm(folder: string): OfficialForm {
  return buildForm([readYamlFile(folder, FILE, 'rules-invalid')])
}

/** The same from files already read, paths relative to `rules/`. */
export function buildForm(files: readonly YamlFile[]): OfficialForm {
  return parseFile(formFile, fileNamed(files, FILE, 'rules-invalid'), 'rules-invalid')
}

/** False once the rules say that nothing is filed. */
export function isFilled({ when }: OfficialForm, { assessment }: Resolution): boolean {
  return holds(when, assessment.know) !== 'false'
}

export function fieldsOf({ steps }: OfficialForm): readonly FormField[] {
  return steps.flatMap(({ parts }) => parts.flatMap(({ fields }) => fields))
}

/** Every answer key a field may take its value from. */
export function keysOf({ from = [], otherwise }: FormField): readonly string[] {
  return [...from, ...(otherwise?.from ?? [])]
}
