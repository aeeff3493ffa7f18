import type { Activity } from 'botbuilder'
import { deskAdaptiveCard, deskText } from '../../rendering/channel/desk-card.ts'
import { channelWords } from '../../rendering/channel/words.ts'
import type { DeskCard } from '../../rendering/desk-card.ts'
import type { Phrases } from '../../rendering/phrases.ts'

/** The one channel of staff that draws Adaptive Cards. */
const TEAMS = 'msteams'

export type Dress = (card: DeskCard, incoming: Partial<Activity>) => Partial<Activity>

/** A card in the dress of a channel: text always; for Teams as an Adaptive Card, for the others the card itself. */
export function createDress(phrases: Phrases): Dress {
  return (card, { channelId }) => {
    const words = channelWords((id) => phrases[id][card.language])
    const text = deskText(card, words)
    const common = { type: 'message', locale: card.language, textFormat: 'plain' } as const
    if (channelId !== TEAMS) return { ...common, text, channelData: { card } }
    const isLine = card.buttons.length === 0 && card.blocks.length === 1
    const content = isLine ? undefined : deskAdaptiveCard(card, words)
    if (!content) return { ...common, text }
    const attachment = { contentType: 'application/vnd.microsoft.card.adaptive', content }
    // Teams shows text and card both; of the card's own words, notifications need the first line.
    return { ...common, summary: text.split('\n')[0] ?? '', attachments: [attachment] }
  }
}
