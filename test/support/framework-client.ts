import { randomUUID } from 'node:crypto'

interface Reply {
  readonly type: string
  readonly text?: string
  readonly attachments?: readonly { readonly content?: unknown }[]
}

export interface FrameworkClient {
  /** Tells the bot that somebody joined. */
  join(): Promise<readonly Reply[]>
  say(text: string, id?: string): Promise<readonly Reply[]>
  press(value: unknown): Promise<readonly Reply[]>
}

/** A Bot Framework client on this machine that takes its replies in the response (`expectReplies`). */
export function frameworkClient(address: string, channelId: string, locale: string): FrameworkClient {
  const conversation = { id: `conversation-${randomUUID()}` }
  const user = { id: 'user-1', name: 'User' }
  const bot = { id: 'bot', name: 'Bot' }
  const post = async (activity: object): Promise<readonly Reply[]> => {
    const response = await fetch(`${address}/api/messages`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        id: randomUUID(),
        channelId,
        serviceUrl: 'http://127.0.0.1:9/',
        conversation,
        from: user,
        recipient: bot,
        locale,
        deliveryMode: 'expectReplies',
        timestamp: new Date().toISOString(),
        ...activity,
      }),
    })
    if (!response.ok) throw new Error(`posting was answered ${response.status}: ${await response.text()}`)
    return ((await response.json()) as { activities: Reply[] }).activities.filter(
      ({ type }) => type === 'message',
    )
  }
  return {
    join: () => post({ type: 'conversationUpdate', membersAdded: [user] }),
    say: (text, id = randomUUID()) => post({ type: 'message', text, id }),
    press: (value) => post({ type: 'message', value }),
  }
}
