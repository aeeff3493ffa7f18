import type { Request, Server } from 'restify'
import { z } from 'zod'
import { AppError } from '../../errors.ts'
import { readCaller, tokenMissing } from './access.ts'
import { PREFIX } from './options.ts'
import { handler, type Reply, type Service } from './service.ts'
import { freshToken } from './session.ts'
import { randomId, type Claims } from './tokens.ts'

/** POST tokens/generate and tokens/refresh. */
export function mountTokenRoutes(server: Server, service: Service): void {
  server.post(
    `${PREFIX}/tokens/generate`,
    handler((request) => generate(request, service)),
  )
  server.post(
    `${PREFIX}/tokens/refresh`,
    handler((request) => refresh(request, service)),
  )
}

/** A token for a conversation yet to start or, with a resume token, for the one it came from. */
async function generate(request: Request, service: Service): Promise<Reply> {
  const { tokens, options, conversations } = service
  const caller = await readCaller(request, ['resume'], tokens, options)
  if (caller.kind === 'token') {
    await conversations.get(caller.claims.conversationId)
    return { status: 200, body: await freshToken(tokens, caller.claims) }
  }
  if (caller.kind === 'secret')
    return { status: 200, body: await freshToken(tokens, claimsBySecret(request.body)) }
  if (!options.publicTokens)
    throw tokenMissing('Tokens are given here only to callers with the Direct Line secret.')
  const origins = caller.origin === undefined ? [] : [caller.origin]
  return { status: 200, body: await freshToken(tokens, { ...newClaims(), origins }) }
}

async function refresh(request: Request, { tokens, options }: Service): Promise<Reply> {
  const caller = await readCaller(request, ['conversation'], tokens, options)
  if (caller.kind === 'token') return { status: 200, body: await freshToken(tokens, caller.claims) }
  throw tokenMissing('There is no token to refresh.')
}

/** A new conversation of a user nobody can guess. */
export function newClaims(userId = `dl_${randomId()}`): Claims {
  return { conversationId: randomId(), userId, origins: [] }
}

const bodySchema = z.object({
  user: z
    .object({
      id: z
        .string()
        .trim()
        .min(1)
        .max(100)
        .regex(/^[^\p{Cc}\p{Surrogate}]*$/u)
        .nullish(),
    })
    .nullish(),
  trustedOrigins: z
    .array(z.url().transform((url) => new URL(url).origin))
    .max(20)
    .nullish(),
})

/** Who holds the secret may name the user, and the origins whose pages may use the token. */
export function claimsBySecret(body: unknown): Claims {
  const result = bodySchema.safeParse(body ?? {})
  if (!result.success) {
    const [issue] = result.error.issues
    const subject = issue?.path.join('.') ?? ''
    throw new AppError('request-invalid', {
      detail: `The body is not valid${subject === '' ? '' : ` at ${subject}`}: ${issue?.message ?? 'unknown'}.`,
      remedy: 'Send no body, or for example {"user":{"id":"u1"},"trustedOrigins":["https://example.com"]}.',
      subject,
    })
  }
  const { user, trustedOrigins } = result.data
  return { ...newClaims(user?.id ?? undefined), origins: trustedOrigins ?? [] }
}
