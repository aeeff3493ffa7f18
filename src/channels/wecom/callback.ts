import type { Request, Response, Server } from 'restify'
import { z } from 'zod'
import type { Inbound } from '../messaging/channel.ts'
import { readRawBody } from '../messaging/raw-body.ts'
import { serveRaw } from '../messaging/serve-raw.ts'
import { readAppEvent } from './app-events.ts'
import { openCallback, refusal, type CallbackKeys } from './callback-crypto.ts'
import { readXml } from './callback-xml.ts'
import type { AppSettings } from './settings.ts'

export const PATH = '/api/wecom'
const MAX_BYTES = 64 * 1024
/** The envelope has eight to twelve. Anybody may send one, so what is costly to read is not read. */
const MOST_TAGS = 40

export interface CallbackOptions {
  readonly corpId: string
  readonly app: AppSettings
  /** Once it resolves, WeCom may be told that the message arrived. */
  readonly accept: (inbound: Inbound) => Promise<void>
  readonly clock: () => Date
}

/**
 * Serves the address that WeCom calls for the app: once to see that it is ours, then for each message. It stands before
 * the server's own reading of bodies, which takes JSON.
 */
export function mountCallback(server: Server, options: CallbackOptions): void {
  const answering = (say: typeof take) => async (request: Request, response: Response) => {
    response.sendRaw(200, await say(request, options), { 'Content-Type': 'text/plain; charset=utf-8' })
  }
  serveRaw(server, PATH, { GET: answering(verify), POST: answering(take) })
}

/** @returns what WeCom wants to see: the echo, opened */
async function verify(request: Request, options: CallbackOptions): Promise<string> {
  // In base64 a blank can only be a plus that was not encoded.
  const echo = (queryOf(request).get('echostr') ?? '').replaceAll(' ', '+')
  return open(request, echo, options)
}

/** @returns nothing to be said at once: the answer goes out as a message of its own, when it is ready */
async function take(request: Request, options: CallbackOptions): Promise<string> {
  const { corpId, app, accept } = options
  const body = (await readRawBody(request, MAX_BYTES)).toString('utf8')
  if (body.split('<').length > MOST_TAGS) throw refusal()
  const outer = readXml(body)
  const encrypted = z.string().safeParse(outer?.['Encrypt']).data
  if (encrypted === undefined) throw refusal()
  const xml = readXml(open(request, encrypted, options))
  const inbound = xml && readAppEvent(xml, { corpId, agentId: app.agentId })
  if (inbound) await accept(inbound)
  return ''
}

function open(request: Request, encrypted: string, { corpId, app, clock }: CallbackOptions): string {
  const query = queryOf(request)
  const [signature = '', timestamp = '', nonce = ''] = ['msg_signature', 'timestamp', 'nonce'].map(
    (name) => query.get(name) ?? '',
  )
  const keys: CallbackKeys = { token: app.token, aesKey: app.aesKey, receiver: corpId }
  return openCallback({ signature, timestamp, nonce, encrypted }, keys, clock())
}

function queryOf(request: Request): URLSearchParams {
  return new URL(request.url ?? '', 'http://localhost').searchParams
}
