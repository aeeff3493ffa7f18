import type { Activity } from 'botbuilder'
import type { Json } from '../../store/port.ts'

/** The channels of staff that speak a protocol of their own; Teams comes through the Bot Framework. */
export const STAFF_CHANNELS = ['slack', 'dingtalk', 'wecom', 'feishu'] as const
export type StaffChannel = (typeof STAFF_CHANNELS)[number]

/** A message as the platform delivered it, verified and parsed; nothing in it is believed beyond that. */
export interface Inbound {
  /** The platform's own id of the event. The same event delivered again has the same. */
  readonly id: string
  /** Workspace, corporation or organisation. */
  readonly tenant: string
  /** Where it was said. With the thread it names a conversation of the bot's. */
  readonly chat: string
  readonly thread?: string
  /** `personal`: with the bot alone. */
  readonly chatKind: 'personal' | 'group'
  /** Stable id of who said it; never a name that people choose. */
  readonly sender: string
  readonly senderName?: string
  /** What was typed, without the mention of the bot. Empty for what is no text. */
  readonly text: string
  /** Command of a button that was pressed. */
  readonly pressed?: string
  readonly locale?: string
  /** What an answer needs besides chat and thread, such as a reply address that expires. Kept until answered. */
  readonly replyWith?: Json
}

/** Where a message goes. */
export interface Target {
  readonly tenant: string
  readonly chat: string
  readonly thread?: string
  readonly replyWith?: Json
}

/** One message in the platform's own shape, as it goes over the wire. */
export type Payload = Json

/** How much a platform takes, and how fast. */
export interface Limits {
  /** Messages to one chat: so many at once, then so many a second. */
  readonly burst: number
  readonly perSecond: number
  /** Longest text of one message, in the unit in which the platform counts. */
  readonly length: number
  readonly unit: 'characters' | 'bytes'
}

/** What a channel's adapter asks of its platform. One for each platform. */
export interface Platform {
  readonly channel: StaffChannel
  readonly limits: Limits
  /** An activity of the bot's as one or more payloads, in order. */
  convert(activity: Partial<Activity>): readonly Payload[]
  /**
   * Sends one payload. `key` is the same whenever the same payload is sent again: a platform that takes a key for
   * that shows it once.
   * @returns the platform's id of the message, where it gives one
   * @throws Refused where sending it again cannot help, TryLater where it may
   */
  send(target: Target, payload: Payload, key: string): Promise<string | undefined>
}
