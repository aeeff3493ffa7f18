import { answerLabel, escapeMarkdown } from '../../../rendering/compose/context.ts'
import type { DeskCard } from '../../../rendering/desk-card.ts'
import { fieldsOf, readField } from './field.ts'
import { notice, onRecord, speak, typed, type Looking } from './looking.ts'

/** `reveal CODE field`: one value in full, for one person alone, and on record before it is shown. */
export async function reveal(looking: Looking): Promise<DeskCard> {
  const { said, on, resolution, language } = looking
  // A group may hold people who are not of the staff.
  if (said.group) return notice(looking, speak(looking, 'reveal-private'))
  const { question, named } = readField(looking)
  if (!question) return noSuchField(looking, named, 'reveal')
  const step = resolution.path.find((one) => one.question === question)
  const label = question.label[language]
  if (!step) return notice(looking, speak(looking, 'reveal-empty', { label }))
  await onRecord(looking, 'revealed', question.id)
  const value = answerLabel(on, { ...question, personal: 'none' }, step.value)
  return notice(looking, speak(looking, 'revealed', { label, value }))
}

/** Which fields there are, without their values. */
export function noSuchField(looking: Looking, named: string, command: 'reveal' | 'propose'): DeskCard {
  const fields = fieldsOf(looking).map(({ id }) => id)
  if (named === '') {
    const example = typed(looking, command, fields.at(0) ?? '')
    return notice(looking, speak(looking, 'field-needed', { example }))
  }
  return notice(
    looking,
    speak(looking, 'field-unknown', { field: escapeMarkdown(named.slice(0, 60)), fields: fields.join(', ') }),
  )
}
