import { randomUUID } from 'node:crypto'
import { Agent } from 'node:http'
import { post, type Client } from './load.ts'

/** Five questions, and then from the beginning again. */
const ANSWERS = ['A website', 'Mainland China', 'Alibaba Cloud', 'Company (enterprise)', 'Zhejiang']

/** A Bot Framework client that takes its replies in the response. */
export function frameworkClient(script: readonly string[] = ANSWERS): Client {
  const conversation = { id: randomUUID() }
  let turn = 0
  return {
    next: () => ({
      path: '/api/messages',
      body: {
        type: 'message',
        id: randomUUID(),
        channelId: 'bench',
        serviceUrl: 'http://127.0.0.1:9/',
        conversation,
        from: { id: 'user' },
        recipient: { id: 'bot' },
        locale: 'en',
        deliveryMode: 'expectReplies',
        text: script[turn++ % script.length],
      },
    }),
  }
}

/** The same person in our own assistant, which asks to confirm before it forgets everything. */
export const OUR_SCRIPT: readonly string[] = [...ANSWERS, 'start over', 'yes']

/** A person on the web, over Direct Line. */
export async function webClient(address: string): Promise<Client> {
  const agent = new Agent()
  const target = new URL(address)
  const generated = JSON.parse(
    await post(agent, target, { path: '/v3/directline/tokens/generate', body: {} }),
  ) as { token: string }
  const headers = { authorization: `Bearer ${generated.token}`, 'accept-language': 'en' }
  const { conversationId } = JSON.parse(
    await post(agent, target, { path: '/v3/directline/conversations', headers, body: {} }),
  ) as { conversationId: string }
  agent.destroy()
  let turn = 0
  return {
    next: () => ({
      path: `/v3/directline/conversations/${conversationId}/activities`,
      headers,
      body: {
        type: 'message',
        locale: 'en',
        text: OUR_SCRIPT[turn++ % OUR_SCRIPT.length],
        channelData: { clientActivityID: randomUUID() },
      },
    }),
  }
}
