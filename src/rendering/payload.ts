import { z } from 'zod'
import { COMMANDS, type FormAnswers, type Payload } from './message.ts'

const payloadSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('answer'),
    question: z.string().min(1).max(100),
    version: z.coerce.number().int().nonnegative(),
    // An Adaptive Card joins several choices with commas; the widget sends a list.
    answer: z.union([z.string().max(200), z.array(z.string().max(100)).max(50)]),
  }),
  z.object({
    kind: z.literal('command'),
    command: z.enum(COMMANDS),
    argument: z.string().max(200).optional(),
  }),
])

/** Reads an activity's `value`; undefined when it is not one of ours. Never throws. */
export function parsePayload(value: unknown): Payload | undefined {
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
    .record(z.string().min(1).max(100), z.string().max(1000))
    .refine((answers) => Object.keys(answers).length <= 50),
})

/** Reads the value of an activity that a form sent; undefined when it is not one. Never throws. */
export function parseFormAnswers(value: unknown): FormAnswers | undefined {
  const result = formSchema.safeParse(value)
  return result.success ? result.data : undefined
}
