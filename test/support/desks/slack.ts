import { startSlackDesk } from '../../desk/slack-desk.ts'
import type { Posted } from '../platforms/slack.ts'
import type { Desk } from './desk.ts'

/** Signed webhooks; a case has a thread of the channel. */
export async function slackDesk(): Promise<Desk> {
  const desk = await startSlackDesk()
  let thread: Posted | undefined
  return {
    app: desk.app,
    name: 'Li',
    watch: () => desk.says('U1', 'watch'),
    presses: async (command) => {
      thread = await desk.sees(command)
      await desk.presses('U1', command, thread)
    },
    says: (text) => desk.says('U1', text, thread?.ts),
    sees: async (...parts) => void (await desk.sees(...parts)),
    all: () => JSON.stringify(desk.slack.posted),
    end: () => desk.end(),
  }
}
