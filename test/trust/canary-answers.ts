import type { Input } from '../../src/rendering/message.ts'
import { brain } from '../support/brain.ts'

const WANTED = ['mainland', 'none', 'alibaba-cloud', 'enterprise', 'CN-ZJ', 'yes']

/** What is chosen where there is a choice: through the whole application, with an administrator of its own. */
export function choice({ question, options }: Input): string | undefined {
  const values = options.map(({ value }) => value)
  const wanted = ['order.open', 'administrator.is-leader'].includes(question) ? ['no'] : WANTED
  return wanted.find((one) => values.includes(one)) ?? values[0]
}

export function isIdentity(key: string): boolean {
  return brain.dialogs.questions.get(key)?.personal === 'sensitive'
}
