import type { Request } from 'restify'
import { publicAddress } from './origin.ts'
import { PREFIX } from './options.ts'
import { TOKEN_SECONDS, type Claims, type Tokens } from './tokens.ts'

/** What a client needs to take part in a conversation. `resumeToken` is our addition to the protocol. */
export interface Session extends FreshToken {
  readonly streamUrl: string
  /** Good for 30 days: given to tokens/generate it opens this conversation again. */
  readonly resumeToken: string
}

export interface FreshToken {
  readonly conversationId: string
  readonly token: string
  readonly expires_in: number
}

export async function freshToken(tokens: Tokens, claims: Claims): Promise<FreshToken> {
  const token = await tokens.issue('conversation', claims)
  return { conversationId: claims.conversationId, token, expires_in: TOKEN_SECONDS }
}

export async function openSession(
  tokens: Tokens,
  claims: Claims,
  request: Request,
  settings: { readonly trustProxy?: boolean },
  watermark?: number,
): Promise<Session> {
  const { host, secure } = publicAddress(request, settings)
  const query = new URLSearchParams({
    ...(watermark === undefined ? {} : { watermark: String(watermark) }),
    t: await tokens.issue('stream', claims),
  })
  const path = `${PREFIX}/conversations/${claims.conversationId}/stream`
  return {
    ...(await freshToken(tokens, claims)),
    streamUrl: `${secure ? 'wss' : 'ws'}://${host}${path}?${query.toString()}`,
    resumeToken: await tokens.issue('resume', claims),
  }
}
