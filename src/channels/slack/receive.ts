import type { Inbound } from '../messaging/channel.ts'
import { readEvent } from './events.ts'
import type { Threads } from '../messaging/threads.ts'

export interface ReceiveOptions {
  readonly accept: (inbound: Inbound) => Promise<void>
  readonly threads: Threads
}

/**
 * Takes what Slack delivered, verified. Once it resolves, what was meant for the assistant is kept, and Slack may be
 * told so. @returns what Slack wants to hear back, if anything
 */
export async function receive(
  body: unknown,
  { accept, threads }: ReceiveOptions,
): Promise<string | undefined> {
  const reading = readEvent(body)
  if (reading.kind === 'challenge') return reading.challenge
  if (reading.kind === 'nothing') return undefined
  const { inbound, addressed } = reading
  if (inbound.chatKind === 'group') {
    if (addressed) await threads.join(inbound)
    else if (!(await threads.has(inbound))) return undefined
  }
  await accept(inbound)
  return undefined
}
