import type { Activity } from 'botbuilder'
import { LANGUAGES, type Language } from '../language.ts'
import { toActivities } from '../rendering/channel/to-activity.ts'
import { capabilitiesOf } from '../rendering/channel/capabilities.ts'
import { channelWords, type ChannelWords } from '../rendering/channel/words.ts'
import type { Message } from '../rendering/message.ts'
import type { Phrases } from '../rendering/phrases.ts'

export type Render = (message: Message, incoming: Partial<Activity>) => readonly Partial<Activity>[]

/** Dresses a message for the channel that the incoming activity came from: one activity, more where one is too little. */
export function createRender(phrases: Phrases): Render {
  const words = Object.fromEntries(
    LANGUAGES.map((language) => [language, channelWords((id) => phrases[id][language])]),
  ) as Record<Language, ChannelWords>
  return (message, incoming) =>
    // The structural twin differs from botbuilder's Activity in `readonly` only.
    toActivities(message, capabilitiesOf(incoming), words[message.language])
}
