import { z } from 'zod'
import type { Language } from '../../language.ts'
import { textSchema } from '../schema.ts'
import { FIELD_NOTES, FIELD_PROBLEMS, NOTES, PROBLEMS, type MessageCode } from './codes.ts'
import type { Details, Invalid, Note } from './validation.ts'

/** What a check says: what is wrong, how to mend it, and the facts in `rules/` it rests on. */
const message = z.strictObject({
  text: textSchema,
  remedy: textSchema,
  facts: z.array(z.string().min(1)).min(1).optional(),
})
export type Message = z.infer<typeof message>
export type Messages = Readonly<Record<MessageCode, Message>>

/** `rules/messages.yaml`: every code has its words and every words their code. */
export const messagesFile = z.strictObject({ messages: z.record(z.enum([...PROBLEMS, ...FIELD_PROBLEMS, ...NOTES, ...FIELD_NOTES]), message) })

/** A message in one language, filled in. */
export interface Said {
  readonly code: MessageCode
  readonly text: string
  readonly remedy: string
  readonly facts: readonly string[]
}

/** Puts a problem or a note into words. */
export function sayFinding(messages: Messages, finding: Invalid | Note, language: Language): Said {
  const code = 'ok' in finding ? finding.problem : finding.code
  const { text, remedy, facts } = messages[code]
  return {
    code,
    text: filled(text[language], finding.details, language),
    remedy: filled(remedy[language], finding.details, language),
    facts: facts ?? [],
  }
}

function filled(template: string, details: Details, language: Language): string {
  return template.replace(/\{([a-z][A-Za-z]*)\}/g, (placeholder, name: string) => {
    const detail = Object.hasOwn(details, name) ? details[name] : undefined
    if (detail === undefined) return placeholder
    return typeof detail === 'string' ? detail : detail[language]
  })
}
