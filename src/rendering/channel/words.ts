/**
 * The words renderers add to a message, in the message's language. They come from `dialogs/phrases.yaml` under
 * the ids of CHANNEL_PHRASES; {names} are filled here.
 */
export interface ChannelWords {
  /** How to answer by number where one option is wanted. */
  readonly typeNumber: string
  /** The same where several are. */
  readonly typeNumbers: string
  /** Before words a person may type instead: {words}. */
  readonly alsoType: string
  /** How to change an answer by typing: {example}. */
  readonly change: string
  /** One source of a statement: {source}. */
  readonly source: string
  /** Title of sources and reasons where the message gives none. */
  readonly sources: string
  /** What is said where a long message was shortened: {count} statements were left out. */
  readonly more: string
  /** Placeholder of a list to choose from, and what is said when nothing was chosen. */
  readonly choose: string
  /** A name and its value: {label}, {value}. */
  readonly pair: string
  /** A remark in brackets: {text}, {aside}. */
  readonly aside: string
}

/** Where each word stands in `dialogs/phrases.yaml`. */
export const CHANNEL_PHRASES = {
  typeNumber: 'channel-type-number',
  typeNumbers: 'channel-type-numbers',
  alsoType: 'channel-also-type',
  change: 'channel-change',
  source: 'channel-source',
  sources: 'channel-sources',
  more: 'channel-more',
  choose: 'channel-choose',
  pair: 'channel-pair',
  aside: 'channel-aside',
} as const satisfies Record<keyof ChannelWords, string>
export type ChannelPhrase = (typeof CHANNEL_PHRASES)[keyof ChannelWords]

/** The words in one language. `say` gives the text of a phrase with its {names} left as they are. */
export function channelWords(say: (id: ChannelPhrase) => string): ChannelWords {
  return {
    typeNumber: say(CHANNEL_PHRASES.typeNumber),
    typeNumbers: say(CHANNEL_PHRASES.typeNumbers),
    alsoType: say(CHANNEL_PHRASES.alsoType),
    change: say(CHANNEL_PHRASES.change),
    source: say(CHANNEL_PHRASES.source),
    sources: say(CHANNEL_PHRASES.sources),
    more: say(CHANNEL_PHRASES.more),
    choose: say(CHANNEL_PHRASES.choose),
    pair: say(CHANNEL_PHRASES.pair),
    aside: say(CHANNEL_PHRASES.aside),
  }
}
