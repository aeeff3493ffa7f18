import { randomUUID } from 'node:crypto'
import type { Language } from '../../src/language.ts'
import type { Message } from '../../src/rendering/message.ts'
import type { Talker } from './talker.ts'

interface Sent {
  readonly from: { readonly role: string }
  readonly type: string
  readonly text?: string
  readonly channelData?: { readonly message?: Message }
}

export interface WebTalker extends Talker {
  readonly conversationId: string
  readonly token: string
  /** The bot's texts since the last call. */
  texts(): readonly string[]
  call(method: string, path: string, body?: unknown): Promise<Response>
}

/** A person on the web, over the Direct Line protocol as the widget speaks it. */
export async function directLineTalker(address: string, language: Language): Promise<WebTalker> {
  const base = `${address}/v3/directline`
  let token = ''
  const call = (method: string, path: string, body?: unknown) =>
    fetch(`${base}/${path}`, {
      method,
      headers: {
        'accept-language': language,
        ...(token === '' ? {} : { authorization: `Bearer ${token}` }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
  token = ((await (await call('POST', 'tokens/generate')).json()) as { token: string }).token
  const started = (await (await call('POST', 'conversations')).json()) as {
    conversationId: string
    token: string
  }
  token = started.token
  const { conversationId } = started
  let watermark = ''
  let texts: string[] = []

  const news = async (): Promise<readonly Message[]> => {
    const path = `conversations/${conversationId}/activities?watermark=${watermark}`
    const set = (await (await call('GET', path)).json()) as { activities: Sent[]; watermark: string }
    watermark = set.watermark
    const said = set.activities.filter(
      (activity) => activity.from.role === 'bot' && activity.type === 'message',
    )
    texts.push(...said.map(({ text }) => text ?? ''))
    return said.flatMap(({ channelData }) => channelData?.message ?? [])
  }
  const post = async (activity: object): Promise<readonly Message[]> => {
    const response = await call('POST', `conversations/${conversationId}/activities`, {
      type: 'message',
      locale: language,
      channelData: { clientActivityID: randomUUID() },
      ...activity,
    })
    if (!response.ok) throw new Error(`posting was answered ${response.status}: ${await response.text()}`)
    return news()
  }
  return {
    conversationId,
    token,
    call,
    hello: news,
    text: (text) => post({ text }),
    press: (payload, label) => post({ text: label, value: payload }),
    texts: () => {
      const since = texts
      texts = []
      return since
    },
  }
}
