import type { CaseCodes } from '../bot/case-code.ts'
import { FilingBot } from '../bot/filing-bot.ts'
import { readIncoming } from '../bot/incoming.ts'
import { conversationKey } from '../bot/keys.ts'
import type { Turns } from '../bot/turns.ts'
import { createWhileAway } from '../bot/while-away.ts'
import { CHANNEL } from '../channels/direct-line/conversations.ts'
import { mountDirectLine } from '../channels/direct-line/mount.ts'
import { mountMine } from '../server/api/mine.ts'
import type { SigningKeys } from '../server/signing-keys.ts'
import type { RateLimits } from '../server/rate-limit/rate-limits.ts'
import type { Parts } from './parts.ts'
import { countRequests } from './rate-limits.ts'
import { timed } from './timed.ts'

interface WebParts {
  readonly turns: Turns
  readonly codes: CaseCodes
  readonly signingKeys: SigningKeys
  readonly limits: RateLimits
}

/** The web channel of the widget, and what applicants may see of their own case beside it. */
export function mountWeb(
  parts: Parts,
  { turns, codes, signingKeys, limits }: WebParts,
): { readonly close: () => Promise<void> } {
  const { server, store, config, clock, log, brain, render, metrics, speakers } = parts
  const bot = new FilingBot({ turns, render, idempotent: true })
  const whileAway = createWhileAway({ brain, clock })
  const allowedOrigins = config.ALLOWED_ORIGINS.length === 0 ? 'same-origin' : config.ALLOWED_ORIGINS
  const common = { signingKeys, allowedOrigins, trustProxy: config.TRUST_PROXY, clock } as const
  const directLine = mountDirectLine(server, {
    ...common,
    ...{ store, log },
    logic: timed(metrics, 'web', (context) => bot.run(context)),
    meanwhile: (error, activity) => {
      const message = whileAway(error, readIncoming(activity), activity.locale)
      return message ? render(message, activity) : []
    },
    secret: config.DIRECT_LINE_SECRET,
    publicTokens: config.PUBLIC_TOKENS,
    rates: {
      message: (conversationId) => limits.take('conversation', conversationKey(CHANNEL, conversationId)),
      socket: (request) => countSocket(request),
    },
  })
  // Behind the headers with which a page may read a refusal.
  const countSocket = countRequests(parts, limits)
  speakers.add('web', (reference, logic) => directLine.adapter.continueConversation(reference, logic))
  mountMine(server, { ...common, turns, codes })
  return { close: () => directLine.close() }
}
