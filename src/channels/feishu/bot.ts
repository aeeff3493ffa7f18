import { z } from 'zod'
import type { FeishuApi } from './api.ts'

const schema = z.object({ bot: z.object({ open_id: z.string() }) })

/** Asks once who the bot is, and again only where that failed. */
export function whoIsBot({ call }: Pick<FeishuApi, 'call'>): () => Promise<string> {
  let known: Promise<string> | undefined
  return () => {
    known ??= call('GET', '/open-apis/bot/v3/info')
      .then((answer) => schema.parse(answer).bot.open_id)
      .catch((error: unknown) => {
        known = undefined
        throw error
      })
    return known
  }
}
