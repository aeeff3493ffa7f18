import { createHash, createSecretKey, randomBytes, type KeyObject } from 'node:crypto'
import { errors, jwtVerify, SignJWT } from 'jose'
import { z } from 'zod'
import { AppError } from '../../errors.ts'

/**
 * `conversation`: the bearer token of the protocol. `stream`: read-only, for the URL of one WebSocket, since
 * URLs end up in logs. `resume`: kept by a page to come back days later, good for tokens/generate only.
 */
export type TokenKind = 'conversation' | 'stream' | 'resume'

export interface Claims {
  readonly conversationId: string
  readonly userId: string
  /** Origins whose pages may use the token; empty: any that the server allows. */
  readonly origins: readonly string[]
}

export const TOKEN_SECONDS = 30 * 60
const LIFETIME: Readonly<Record<TokenKind, number>> = {
  conversation: TOKEN_SECONDS,
  stream: TOKEN_SECONDS,
  resume: 30 * 24 * 60 * 60,
}
const ISSUER = 'urn:icp-filing-assistant:directline'
const CONVERSATION_ID = /^[A-Za-z0-9_-]{22}$/

/** 128 unguessable bits in 22 URL-safe characters. */
export function randomId(): string {
  return randomBytes(16).toString('base64url')
}

export function isConversationId(text: string): boolean {
  return CONVERSATION_ID.test(text)
}

/** `user` and `conv` are the names DirectLineJS and Web Chat read. */
const claimsSchema = z
  .object({
    conv: z.string().regex(CONVERSATION_ID),
    user: z.string().min(1),
    origins: z.array(z.string()),
    aud: z.enum(['conversation', 'stream', 'resume']),
  })
  .transform(({ conv, user, origins, aud }) => ({ conversationId: conv, userId: user, origins, kind: aud }))

export class Tokens {
  readonly #current: { readonly kid: string; readonly key: KeyObject }
  readonly #keys = new Map<string, KeyObject>()
  readonly #clock: () => Date

  constructor(keys: readonly [Uint8Array, ...Uint8Array[]], clock: () => Date) {
    for (const bytes of keys) this.#keys.set(kidOf(bytes), createSecretKey(bytes))
    this.#current = { kid: kidOf(keys[0]), key: createSecretKey(keys[0]) }
    this.#clock = clock
  }

  async issue(kind: TokenKind, { conversationId, userId, origins }: Claims): Promise<string> {
    const now = Math.floor(this.#clock().getTime() / 1000)
    return new SignJWT({ conv: conversationId, user: userId, origins: [...origins] })
      .setProtectedHeader({ alg: 'HS256', kid: this.#current.kid })
      .setIssuer(ISSUER)
      .setAudience(kind)
      .setIssuedAt(now)
      .setExpirationTime(now + LIFETIME[kind])
      .sign(this.#current.key)
  }

  /** @throws AppError token-expired, or token-invalid for anything this server did not sign for one of `kinds`. */
  async read(token: string, kinds: readonly TokenKind[]): Promise<Claims & { readonly kind: TokenKind }> {
    const payload = await this.#verify(token)
    const claims = claimsSchema.safeParse(payload)
    if (!claims.success) throw invalid('The token does not hold what a token of this server holds.')
    if (!kinds.includes(claims.data.kind))
      throw invalid(`This is a ${claims.data.kind} token; here it takes a ${kinds.join(' or ')} token.`)
    return claims.data
  }

  async #verify(token: string): Promise<unknown> {
    try {
      const { payload } = await jwtVerify(token, ({ kid }) => this.#keyOf(kid), {
        algorithms: ['HS256'],
        issuer: ISSUER,
        currentDate: this.#clock(),
        requiredClaims: ['exp', 'aud'],
      })
      return payload
    } catch (cause) {
      if (cause instanceof errors.JWTExpired)
        throw new AppError('token-expired', {
          detail: 'The token has expired.',
          remedy: 'Get a new one from tokens/generate, with the resume token if there is one.',
          cause,
        })
      throw invalid('The token is not one that this server signed.', cause)
    }
  }

  #keyOf(kid: string | undefined): KeyObject {
    const key = this.#keys.get(kid ?? '')
    if (key) return key
    throw invalid('The token was signed with a key that this server does not have.')
  }
}

/** Names a key without telling anything about it. */
function kidOf(key: Uint8Array): string {
  return createHash('sha256').update('directline-kid').update(key).digest('base64url').slice(0, 11)
}

function invalid(detail: string, cause?: unknown): AppError {
  return new AppError('token-invalid', {
    detail,
    remedy: 'Send a token from tokens/generate or tokens/refresh as it came: Authorization: Bearer <token>.',
    cause,
  })
}
