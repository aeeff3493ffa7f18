import { z } from 'zod'

const text = z.string()
const block = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('heading'), text }),
  z.object({
    kind: z.literal('text'),
    text,
    tone: z.enum(['plain', 'notice', 'warning', 'success', 'error']).optional(),
    copy: z.object({ label: text, text }).optional(),
  }),
  z.object({
    kind: z.literal('statements'),
    title: text.optional(),
    items: z.array(
      z.object({
        id: text,
        text,
        note: text.optional(),
        confidence: text.optional(),
        sources: z.array(z.object({ label: text, url: text.optional() })),
      }),
    ),
  }),
  z.object({
    kind: z.literal('summary'),
    title: text.optional(),
    rows: z.array(z.object({ label: text, value: text })),
  }),
])
const cardSchema = z.object({
  language: z.enum(['zh-CN', 'en']),
  blocks: z.array(block),
  buttons: z.array(z.object({ label: text, command: text, primary: z.literal(true).optional() })),
})
const dataSchema = z.object({ card: cardSchema })

export type Card = z.infer<typeof cardSchema>
export type CardBlock = Card['blocks'][number]

/** The card in an activity's channelData; undefined where the activity is text alone. */
export function cardOf(channelData: unknown): Card | undefined {
  return dataSchema.safeParse(channelData).data?.card
}
