/** What a channel can carry of a message besides plain text. */
export interface Capabilities {
  /** The message whole, as data for our own widget. */
  readonly whole: boolean
  readonly cards: boolean
  readonly suggestedActions: boolean
}

/** Our own widget draws the message itself. */
const WIDGET: Capabilities = { whole: true, cards: false, suggestedActions: false }
const TEXT: Capabilities = { whole: false, cards: false, suggestedActions: false }
const WEB_CHAT: Capabilities = { whole: false, cards: true, suggestedActions: true }

/** By the Bot Framework's channel id. What is not named gets numbered plain text, which works everywhere. */
const CHANNELS: ReadonlyMap<string, Capabilities> = new Map([
  // Suggested actions there carry no value and work in personal chats only.
  ['msteams', { whole: false, cards: true, suggestedActions: false }],
  ['emulator', WEB_CHAT],
  ['webchat', WEB_CHAT],
  ['directline', WEB_CHAT],
])

/** Our own Direct Line names itself by a urn; with the id `directline` Azure's is meant otherwise. */
const OWN_DIRECT_LINE = /^urn:icp-filing-assistant:directline\b/

/** What the channel of an incoming activity can carry. */
export function capabilitiesOf({ channelId = '', serviceUrl = '' }: Addressed): Capabilities {
  if (OWN_DIRECT_LINE.test(serviceUrl)) return WIDGET
  return CHANNELS.get(channelId.toLowerCase()) ?? TEXT
}

/** Where an activity came from. */
export interface Addressed {
  readonly channelId?: string
  readonly serviceUrl?: string
}
