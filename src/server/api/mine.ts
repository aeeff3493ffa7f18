import { randomUUID } from 'node:crypto'
import type { Request, Response, Server } from 'restify'
import type { CaseCodes, Place } from '../../bot/case-code.ts'
import type { Turns } from '../../bot/turns.ts'
import { readCaller, tokenMissing } from '../../channels/direct-line/access.ts'
import { CHANNEL } from '../../channels/direct-line/conversations.ts'
import type { DirectLineOptions } from '../../channels/direct-line/options.ts'
import { Tokens } from '../../channels/direct-line/tokens.ts'
import { AppError } from '../../errors.ts'
import { exportOf } from '../../interview/following/export.ts'

export interface MineOptions extends Pick<
  DirectLineOptions,
  'signingKeys' | 'allowedOrigins' | 'trustProxy' | 'clock'
> {
  readonly turns: Pick<Turns, 'caseIn' | 'erase' | 'take'>
  readonly codes: Pick<CaseCodes, 'codeOf'>
}

/**
 * /api/cases/mine: the case of the conversation whose token is sent, and of no other; nothing in the address says
 * which. GET gives everything that is kept of it, DELETE takes it away with all that belongs to it, as the words
 * "delete my data" do; DELETE consents/personal and consents/identity take a consent back, as "withdraw my consent"
 * does. Only a conversation token opens it: the secret, which opens every conversation, does not.
 */
export function mountMine(server: Server, options: MineOptions): void {
  const { turns, codes } = options
  const tokens = new Tokens(options.signingKeys, options.clock)
  const placeOf = async (request: Request): Promise<Place> => {
    const caller = await readCaller(request, ['conversation'], tokens, { ...options, secret: undefined })
    if (caller.kind !== 'token')
      throw tokenMissing('A case is not open without the token of its conversation.')
    return { channelId: CHANNEL, conversationId: caller.claims.conversationId }
  }
  server.get('/api/cases/mine', async (request: Request, response: Response) => {
    const current = await turns.caseIn(await placeOf(request))
    if (!current) throw nothingKept()
    const code = await codes.codeOf(current.id)
    response.setHeader('Cache-Control', 'no-store')
    response.json(200, { ...exportOf(current), ...(code === undefined ? {} : { caseCode: code }) })
  })
  server.del('/api/cases/mine', async (request: Request, response: Response) => {
    if (!(await turns.erase(await placeOf(request)))) throw nothingKept()
    response.send(204)
  })
  for (const [name, command] of Object.entries(WITHDRAWALS))
    server.del(`/api/cases/mine/consents/${name}`, async (request: Request, response: Response) => {
      const place = await placeOf(request)
      if (!(await turns.caseIn(place))) throw nothingKept()
      // A turn like any other: nothing can be withdrawn by one way and not by the other.
      await turns.take({
        ...place,
        ...{ activityId: randomUUID(), locale: undefined },
        incoming: { kind: 'payload', payload: { kind: 'command', command } },
      })
      const after = await turns.caseIn(place)
      response.setHeader('Cache-Control', 'no-store')
      response.json(200, { consents: after?.consents ?? [] })
    })
}

/** What stands in the address, and the command it is. */
const WITHDRAWALS = { personal: 'withdraw', identity: 'withdraw-identity' } as const

function nothingKept(): AppError {
  return new AppError('not-found', {
    detail: 'Nothing is kept of a case in this conversation.',
    remedy: 'Nothing needs to be done: it was deleted, or nothing was said yet.',
  })
}
