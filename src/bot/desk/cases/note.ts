import type { DeskCard } from '../../../rendering/desk-card.ts'
import { redact } from '../../../trust/redact.ts'
import { personalValues } from '../../personal-values.ts'
import { notice, onRecord, speak, typed, type Looking } from './looking.ts'
import { keepNote } from './notes.ts'

const LONGEST = 500

/** `note CODE text`: for the next of the staff; without anything personal, whatever was typed. */
export async function note(looking: Looking): Promise<DeskCard> {
  const { options, rest, caseId, said, now, current, language } = looking
  if (rest === '') {
    const example = typed(looking, 'note', language === 'en' ? '…' : '……')
    return notice(looking, speak(looking, 'note-needed', { example }))
  }
  const text = redact(rest.slice(0, LONGEST), personalValues(options.brain.dialogs, current))
  await onRecord(looking, 'noted')
  const id = `${said.staff.channel}:${said.staff.tenant}:${said.activityId}`
  await keepNote(options.store, caseId, id, { at: now.toISOString(), by: said.staff, text })
  return notice(looking, speak(looking, 'noted'))
}
