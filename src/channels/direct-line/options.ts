import type { IncomingMessage } from 'node:http'
import type { Activity, ConversationReference, TurnContext } from 'botbuilder'
import { AppError } from '../../errors.ts'
import type { Store } from '../../store/port.ts'
import type { DirectLineAdapter } from './adapter.ts'
import { isOrigin } from './origin.ts'

/** Where all routes live. */
export const PREFIX = '/v3/directline'

export interface DirectLineLog {
  error(fields: object, message: string): void
}

export interface DirectLineOptions {
  readonly store: Store
  /** The bot's turn. Called again with the same activity id when a client sends the same message again. */
  readonly logic: (context: TurnContext) => Promise<void>
  /** DIRECT_LINE_SECRET: opens every conversation, so it stays on servers. Undefined: nobody may use one. */
  readonly secret: string | undefined
  /** 32 bytes or more each. The first signs, all verify: to rotate, put a new one in front. */
  readonly signingKeys: readonly [current: Uint8Array, ...older: Uint8Array[]]
  /** `https://example.com` and the like, compared exactly; `same-origin`: only pages of this very host. */
  readonly allowedOrigins: readonly string[] | 'same-origin'
  /** Whether a page of an allowed origin gets a token without the secret. */
  readonly publicTokens: boolean
  readonly clock: () => Date
  readonly log: DirectLineLog
  /** Whether X-Forwarded-Host and -Proto come from a proxy of ours. Default false. */
  readonly trustProxy?: boolean
  /** Called each time a client comes back to a started conversation; failures are logged and change nothing. */
  readonly onReconnect?: (
    reference: Partial<ConversationReference>,
    adapter: DirectLineAdapter,
  ) => Promise<void>
  readonly limits?: Partial<StreamLimits>
  readonly rates?: Rates
  /**
   * What the bot says to a message it could not take because of `error`, as while the store is away: the client gets
   * it with the error. Empty where there is nothing to say.
   */
  readonly meanwhile?: (error: unknown, activity: Partial<Activity>) => readonly Partial<Activity>[]
}

/** Both throw AppError rate-limited. */
export interface Rates {
  /** Asked before a message of a conversation is kept, when its token has been verified. */
  message(conversationId: string): void
  /** Asked before a socket is opened. */
  socket(request: IncomingMessage): void
}

export interface StreamLimits {
  /** Time between pings; a peer that has not answered the last one is dropped. */
  readonly pingMs: number
  /** With more than this on its way to a client, the next activities wait until it has read. */
  readonly maxBufferedBytes: number
  /** How long they wait; then the socket is closed with 1013, and the client comes back by watermark. */
  readonly patienceMs: number
  /** Frames a client may send between two pings, empty keep-alives and pings of its own. */
  readonly maxFrames: number
  /** Open at once of one conversation on this process. */
  readonly maxSockets: number
}

export const STREAM_LIMITS: StreamLimits = {
  pingMs: 25_000,
  maxBufferedBytes: 1024 * 1024,
  patienceMs: 10_000,
  maxFrames: 200,
  maxSockets: 20,
}

/** Refuses settings under which the channel would be open to all or usable by nobody. */
export function checkOptions({ secret, signingKeys, publicTokens, allowedOrigins }: DirectLineOptions): void {
  if (signingKeys.some((key) => key.length < 32))
    throw invalid(
      'A Direct Line signing key is shorter than 32 bytes.',
      'Use 32 random bytes or more for each key.',
    )
  if (secret !== undefined && secret.length < 16)
    throw invalid(
      'DIRECT_LINE_SECRET is shorter than 16 characters.',
      'Use a random secret of 32 characters or more.',
    )
  if (secret === undefined && !publicTokens)
    throw invalid('Nobody could get a Direct Line token.', 'Set DIRECT_LINE_SECRET, or allow public tokens.')
  const wrong =
    allowedOrigins === 'same-origin' ? undefined : allowedOrigins.find((origin) => !isOrigin(origin))
  if (wrong !== undefined)
    throw invalid(
      `The allowed origin ${JSON.stringify(wrong)} is not an origin.`,
      'Write scheme, host and port only, in lower case and without a slash at the end: https://example.com',
    )
}

function invalid(detail: string, remedy: string): AppError {
  return new AppError('config-invalid', { detail, remedy })
}
