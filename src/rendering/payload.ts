import { z } from 'zod'
import { COMMANDS, type FormAnswers, type Payload } from './message.ts'

/** More than any typed answer takes; what is longer is refused as text is, with words. */
const LONGEST_TYPED = 1000

const payloadSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('answer'),
    question: z.string().min(1).max(100),
    version: z.coerce.number().int().nonnegative(),
    // An Adaptive Card joins several choices with commas; the widget sends a list. An empty one keeps a typed answer.
    answer: z.union([z.string().max(LONGEST_TYPED), z.array(z.string().max(100)).max(50)]),
  }),
  z.object({
    kind: z.literal('command'),
    command: z.enum(COMMANDS),
    argument: z.string().max(200).optional(),
  }),
])

/** Reads an activity's `value`; undefined when it is not one of ours. Never throws. */
export function parsePayload(value: unknown): Payload | undefined {
  if (value === undefined || value === null) return undefined
  const result = payloadSchema.safeParse(value)
  if (!result.success) return undefined
  const payload = result.data
  if (payload.kind === 'answer') return payload
  return payload.argument === undefined
    ? { kind: 'command', command: payload.command }
    : { kind: 'command', command: payload.command, argument: payload.argument }
}

const formSchema = z.object({
  kind: z.literal('answers'),
  version: z.coerce.number().int().nonnegative(),
  answers: z
    .record(z.string().min(1).max(100), z.string().max(LONGEST_TYPED))
    .refine((answers) => Object.keys(answers).length <= 50),
})

/** An Adaptive Card puts every field beside the data of its button and leaves the empty ones out. */
const cardSchema = z
  .looseObject({
    kind: z.literal('answers'),
    version: z.coerce.number().int().nonnegative(),
    fields: z.string().min(1).max(3000),
  })
  .transform(({ kind, version, fields, ...rest }): unknown => ({
    kind,
    version,
    answers: Object.fromEntries(
      fields.split(' ').map((key) => [key, Object.hasOwn(rest, key) ? rest[key] : ''] as const),
    ),
  }))
  .pipe(formSchema)

/** Reads the value of an activity that a form sent; undefined when it is not one. Never throws. */
export function parseFormAnswers(value: unknown): FormAnswers | undefined {
  if (value === undefined || value === null) return undefined
  const result = anyFormSchema.safeParse(value)
  return result.success ? result.data : undefined
}
const anyFormSchema = z.union([formSchema, cardSchema])
