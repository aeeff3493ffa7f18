import { z } from 'zod'

/** Someone mentioned in a message; `key` stands in the text in place of the name. */
export const mentionSchema = z.object({
  key: z.string().max(40),
  id: z.object({ open_id: z.string().nullish() }).nullish(),
  name: z.string().max(200).default(''),
})
export type Mention = z.infer<typeof mentionSchema>

const plainSchema = z.object({ text: z.string() })
const elementSchema = z.union([
  z
    .object({ tag: z.literal('at'), user_id: z.string(), user_name: z.string().optional() })
    .transform(({ user_id: key, user_name: name = '' }) => ({ key, name })),
  z.object({ text: z.string() }).transform(({ text }) => text),
  z.unknown().transform(() => ''),
])
const richSchema = z.object({
  title: z.string().default(''),
  content: z.array(z.array(elementSchema)),
})

/**
 * What a message says, as a person reads it: names in place of mentions, nothing in place of the bot's own. Empty
 * where it is no text.
 */
export function textOf(content: string, mentions: readonly Mention[], bot: string | undefined): string {
  const parsed = parse(content)
  const plain = plainSchema.safeParse(parsed)
  const text = plain.success ? named(plain.data.text, mentions, bot) : richText(parsed, mentions, bot)
  return text.trim()
}

function richText(parsed: unknown, mentions: readonly Mention[], bot: string | undefined): string {
  const rich = richSchema.safeParse(parsed)
  if (!rich.success) return ''
  const lines = rich.data.content.map((elements) =>
    elements
      .map((element) => (typeof element === 'string' ? element : nameOf(element, mentions, bot)))
      .join(''),
  )
  return [rich.data.title, ...lines].join('\n')
}

function nameOf(
  { key, name }: { readonly key: string; readonly name: string },
  mentions: readonly Mention[],
  bot: string | undefined,
): string {
  const mention = mentions.find((one) => one.key === key)
  return mention ? shown(mention, bot) : `@${name}`
}

/** Keys are `@_user_1`, `@_user_2` and so on: `@_user_1` must not be found in `@_user_12`. */
function named(text: string, mentions: readonly Mention[], bot: string | undefined): string {
  const byKey = new Map(mentions.map((mention) => [mention.key, mention]))
  return text.replace(/@_\w+/g, (key) => {
    const mention = byKey.get(key)
    return mention ? shown(mention, bot) : key
  })
}

function shown({ id, name }: Mention, bot: string | undefined): string {
  return bot !== undefined && id?.open_id === bot ? ' ' : `@${name}`
}

function parse(json: string): unknown {
  try {
    return JSON.parse(json)
  } catch {
    return undefined
  }
}
