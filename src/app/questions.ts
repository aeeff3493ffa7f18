import { randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { dayInShanghai } from '../bot/today.ts'
import { keepUnanswered } from '../bot/unanswered.ts'
import { mountAsk } from '../server/api/ask.ts'
import { mountAssess } from '../server/api/assess.ts'
import type { Parts } from './parts.ts'

/** `/api/ask` and `/api/assess`: the rules for other programs, without any conversation. */
export function mountQuestions({ server, store, brain, clock, log }: Parts): void {
  const today = () => dayInShanghai(clock())
  mountAsk(server, {
    ...{ brain, today },
    // The answer neither waits long for the store nor fails with it.
    onUnanswered: (question) =>
      Promise.race([
        keepUnanswered(store, question, clock(), randomUUID()).catch((error: unknown) =>
          log.warn({ err: error }, 'A question nobody could answer was not kept'),
        ),
        pause(500, undefined, { ref: false }),
      ]),
  })
  mountAssess(server, { book: brain.book, preCheck: brain.preCheck, today })
}
