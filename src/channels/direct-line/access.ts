import { createHash, timingSafeEqual } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import { AppError } from '../../errors.ts'
import { allowedOrigin } from './origin.ts'
import type { DirectLineOptions } from './options.ts'
import type { Claims, TokenKind, Tokens } from './tokens.ts'

/** Who calls, after verification. */
export type Caller =
  | { readonly kind: 'anonymous'; readonly origin: string | undefined }
  | { readonly kind: 'secret' }
  | { readonly kind: 'token'; readonly claims: Claims }

type Settings = Pick<DirectLineOptions, 'secret' | 'allowedOrigins' | 'trustProxy'>
type Incoming = Pick<IncomingMessage, 'headers' | 'socket'>

/** Reads the Authorization header: the secret, a token of one of `kinds`, or nothing. Checks the Origin too. */
export async function readCaller(
  request: Incoming,
  kinds: readonly TokenKind[],
  tokens: Tokens,
  settings: Settings,
): Promise<Caller> {
  const origin = allowedOrigin(request, settings)
  const { authorization } = request.headers
  if (authorization === undefined) return { kind: 'anonymous', origin }
  const bearer = /^Bearer +(\S+) *$/i.exec(authorization)?.[1]
  if (bearer === undefined)
    throw new AppError('token-invalid', {
      detail: 'The Authorization header is not of the form Bearer <token>.',
      remedy: 'Send Authorization: Bearer <token>, or the secret in place of the token.',
    })
  if (isSecret(bearer, settings.secret)) return { kind: 'secret' }
  if (bearer.split('.').length !== 3) throw secretWrong()
  return { kind: 'token', claims: await readToken(bearer, kinds, tokens, origin) }
}

/** Verifies a token and that the page using it is one it was given to. */
export async function readToken(
  token: string,
  kinds: readonly TokenKind[],
  tokens: Tokens,
  origin: string | undefined,
): Promise<Claims> {
  const claims = await tokens.read(token, kinds)
  if (origin !== undefined && claims.origins.length > 0 && !claims.origins.includes(origin))
    throw new AppError('origin-not-allowed', {
      detail: `The token was given to other pages than those of ${JSON.stringify(origin.slice(0, 200))}.`,
      remedy: 'Get a token from tokens/generate on the page that uses it.',
    })
  return claims
}

export function tokenMissing(detail: string): AppError {
  return new AppError('token-missing', {
    detail,
    remedy: 'Get a token from POST tokens/generate and send it as Authorization: Bearer <token>.',
  })
}

function secretWrong(): AppError {
  return new AppError('secret-wrong', {
    detail: 'What stands after Bearer is neither the Direct Line secret nor a token.',
    remedy: 'Compare it with DIRECT_LINE_SECRET of the server, or send a token from tokens/generate.',
  })
}

/** Whether what stands after Bearer is the secret; without one nothing is. */
export function isSecret(bearer: string | undefined, secret: string | undefined): boolean {
  return bearer !== undefined && secret !== undefined && same(bearer, secret)
}

/** Digests are of one length, so the comparison takes the same time whatever was sent. */
function same(a: string, b: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(a), digest(b))
}
