import { redact } from '../trust/redact.ts'
import type { DeadLetter } from './dead-letters.ts'

/** A dead letter as an operator reads it. Its id stays whole, to be named by; of the rest nothing personal is shown. */
export function deadLetterLine({ id, queue, item, attempts, error, at }: DeadLetter): string {
  const shown = redact(`${queue}  ${attempts} attempts  ${error}\n  ${JSON.stringify(item.value)}`)
  return `${id}\n  ${at}  ${shown}`
}
