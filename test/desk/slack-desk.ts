import { randomUUID } from 'node:crypto'
import { expect, vi } from 'vitest'
import { startTestApp, type TestApp } from '../support/app.ts'
import {
  deliver,
  messageEvent,
  pressForm,
  startSlack,
  type Posted,
  type SlackStandIn,
} from '../support/platforms/slack.ts'

const SECRET = 'a-signing-secret-of-slack-0123456789'
const CHANNEL = 'C1'

/** The product with its desk in a Slack stand-in: U1 Li and U2 Wang are staff, nobody else is. */
export interface SlackDesk {
  readonly app: TestApp
  readonly slack: SlackStandIn
  /** What a person of Slack writes, in the channel or in one of its threads. */
  readonly says: (user: string, text: string, thread?: string) => Promise<void>
  /** Presses a button of a message. */
  readonly presses: (user: string, command: string, message: Posted) => Promise<void>
  /** Waits for something posted that holds all of these. */
  readonly sees: (...parts: readonly string[]) => Promise<Posted>
  end(): Promise<void>
}

export async function startSlackDesk(environment: NodeJS.ProcessEnv = {}): Promise<SlackDesk> {
  const slack = await startSlack()
  const app = await startTestApp({
    SLACK_BOT_TOKEN: 'xoxb-1',
    SLACK_SIGNING_SECRET: SECRET,
    SLACK_API_URL: slack.apiUrl,
    STAFF: 'slack:T1:U1,slack:T1:U2',
    DESK_HOURS: 'mon-sun 00:00-24:00',
    ...environment,
  })
  const url = `${app.address}/api/slack`
  let count = 0
  const stamp = () => `17000001${String((count += 1)).padStart(2, '0')}.000100`
  const desk: SlackDesk = {
    ...{ app, slack },
    says: async (user, text, thread) => {
      const event = { user, channel: CHANNEL, ts: stamp(), text: thread ? text : `<@UBOT> ${text}` }
      const body = messageEvent(randomUUID(), { ...event, ...(thread ? { thread_ts: thread } : {}) })
      expect(await deliver(url, SECRET, JSON.stringify(body))).toMatchObject({ status: 200 })
    },
    presses: async (user, command, message) => {
      const body = pressForm(command, {
        user: { id: user, name: user === 'U1' ? 'Li' : 'Wang', team_id: 'T1' },
        channel: { id: CHANNEL, name: 'desk' },
        message: {
          ts: message.ts,
          text: 'card',
          ...(message.thread_ts ? { thread_ts: message.thread_ts } : {}),
        },
        actions: [
          { type: 'button', action_id: 'command-0', block_id: 'b', value: command, action_ts: stamp() },
        ],
      })
      const type = 'application/x-www-form-urlencoded'
      expect(await deliver(url, SECRET, body, { type })).toMatchObject({ status: 200 })
    },
    sees: (...parts) =>
      vi.waitFor(
        () => {
          const found = slack.posted.find((one) => parts.every((part) => JSON.stringify(one).includes(part)))
          if (!found)
            throw new Error(
              `not posted: ${parts.join(' + ')}; but ${JSON.stringify(slack.posted.map((one) => one.text))}`,
            )
          return found
        },
        { timeout: 15_000, interval: 50 },
      ),
    end: async () => {
      await app.end()
      await slack.close()
    },
  }
  return desk
}
