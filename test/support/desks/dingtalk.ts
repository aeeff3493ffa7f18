import { startTestApp } from '../app.ts'
import { CORP, CREDENTIALS, startDingtalk } from '../platforms/dingtalk.ts'
import { ALWAYS_OPEN, holds, soon, type Desk } from './desk.ts'

const PERSON = { conversationType: '1', conversationId: 'cidPerson==' }

/** Stream mode; claimed from the card in the group, gone on with alone with the robot. */
export async function dingtalkDesk(): Promise<Desk> {
  const dingtalk = await startDingtalk()
  const app = await startTestApp({
    ...ALWAYS_OPEN,
    DINGTALK_CLIENT_ID: CREDENTIALS.clientId,
    DINGTALK_CLIENT_SECRET: CREDENTIALS.clientSecret,
    DINGTALK_API_URL: dingtalk.apiUrl,
    STAFF: `dingtalk:${CORP}:0142`,
  })
  await soon(
    () => [...dingtalk.sockets],
    () => true,
  )
  return {
    app,
    name: '小李',
    watch: async () => void dingtalk.say('watch'),
    presses: async (command) => {
      const button = await soon(
        () => dingtalk.posted.flatMap(({ buttons }) => buttons),
        ({ url }) => decodeURIComponent(url).endsWith(`=${command}`),
      )
      dingtalk.press(button.url, PERSON)
    },
    says: async (text) => void dingtalk.say(text, PERSON),
    sees: async (...parts) => {
      await soon(
        () => dingtalk.posted,
        (one) => holds(one, parts),
      )
    },
    all: () => JSON.stringify(dingtalk.posted),
    end: async () => {
      await app.end()
      await dingtalk.close()
    },
  }
}
