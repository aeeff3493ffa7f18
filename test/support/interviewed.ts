import type { Message } from '../../src/rendering/message.ts'
import { UNSURE, type Answers } from '../../src/rules/answers.ts'
import type { Talker } from './talker.ts'

/** Answers whatever is asked from the facts: typed answers in words, others by button. Returns the last replies. */
export async function interviewed(talker: Talker, facts: Answers): Promise<readonly Message[]> {
  let replies = await talker.hello()
  for (let turns = 0; turns < 90; turns += 1) {
    const input = replies.at(-1)?.input
    const value = input && facts[input.question]
    if (!input || value === undefined) return replies
    if (input.kind === 'text' && value !== UNSURE)
      replies = await talker.text(typeof value === 'string' ? value : value.join(', '))
    else {
      const { question, version } = input
      replies = await talker.press({ kind: 'answer', question, version, answer: value }, String(value))
    }
    if (replies.at(-1)?.input?.question === input.question)
      throw new TypeError(
        `${input.question} was not answered by ${String(value)}: ${JSON.stringify(replies)}`,
      )
  }
  throw new TypeError('the interview does not end')
}
