import type { CaseView } from '../../src/rendering/case-view.ts'
import type { FormAnswers, Message, Payload } from '../../src/rendering/message.ts'
import { LANGUAGES, type Language } from '../../src/language.ts'
import { readCase } from './read-case.ts'
import { readMessage, readSent } from './read-message.ts'

/** One activity of the conversation as the widget uses it; what it does not use is dropped. */
export interface Activity {
  readonly id: string
  readonly type: string
  readonly own: boolean
  readonly text: string
  /** The key our own widget gave it, in this tab or another one. */
  readonly clientActivityID?: string
  readonly message?: Message
  readonly value?: Payload | FormAnswers
  /** The case as it stood after this message. */
  readonly view?: CaseView
  readonly language?: Language
}

export interface ActivitySet {
  readonly activities: readonly Activity[]
  readonly watermark: string | undefined
}

export interface Grant {
  readonly conversationId: string
  readonly token: string
  /** Seconds. */
  readonly expiresIn: number
  readonly streamUrl: string | undefined
  readonly resumeToken: string | undefined
}

export type Fields = Readonly<Record<string, unknown>>

export function fields(value: unknown): Fields {
  return typeof value === 'object' && value !== null ? (value as Fields) : {}
}

export function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined
}

export function readActivitySet(value: unknown): ActivitySet {
  const { activities, watermark } = fields(value)
  return {
    activities: (Array.isArray(activities) ? activities : []).flatMap(readActivity),
    watermark: typeof watermark === 'number' ? String(watermark) : text(watermark),
  }
}

export function readGrant(value: unknown): Grant {
  const given = fields(value)
  return {
    conversationId: text(given.conversationId) ?? '',
    token: text(given.token) ?? '',
    expiresIn: typeof given.expires_in === 'number' ? given.expires_in : 1800,
    streamUrl: text(given.streamUrl),
    resumeToken: text(given.resumeToken),
  }
}

function readActivity(value: unknown): readonly Activity[] {
  const activity = fields(value)
  const id = text(activity.id)
  if (id === undefined) return []
  const channelData = fields(activity.channelData)
  const role = text(fields(activity.from).role)
  const clientActivityID = text(channelData.clientActivityID)
  const locale = text(activity.locale)
  return [
    {
      id,
      type: text(activity.type) ?? '',
      // Every message of a person went through a widget, so it carries the widget's key.
      own: role === undefined ? clientActivityID !== undefined : role === 'user',
      text: text(activity.text) ?? '',
      clientActivityID,
      message: readMessage(channelData.message),
      value: readSent(activity.value),
      view: readCase(channelData.case),
      language: LANGUAGES.find((language) => language === locale),
    },
  ]
}
