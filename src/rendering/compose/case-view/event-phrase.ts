import { PHRASE_IDS } from '../../phrase-ids.ts'
import { say, type Composing } from '../context.ts'

/** The event from which a time limit counts, as a name; its id where no words are known. */
export function eventPhrase(on: Composing, event: string): string {
  const id = PHRASE_IDS.find((known) => known === `view-event-${event}`)
  return id === undefined ? event : say(on, id)
}
