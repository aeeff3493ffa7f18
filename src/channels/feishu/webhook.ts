import type { Request, Response, Server } from 'restify'
import { readRawBody } from '../messaging/raw-body.ts'
import { serveRaw } from '../messaging/serve-raw.ts'
import { openDelivery } from './delivery.ts'
import { receive, type ReceiveOptions } from './receive.ts'
import type { WebhookSecrets } from './settings.ts'

export const PATH = '/api/feishu'
const MAX_BYTES = 512 * 1024

export interface WebhookOptions extends ReceiveOptions {
  readonly secrets: WebhookSecrets
  readonly clock: () => Date
}

/**
 * Serves Feishu's events and card callbacks under one address. It stands before the server's own reading of bodies:
 * the signature is over bytes.
 */
export function mountWebhook(server: Server, options: WebhookOptions): void {
  serveRaw(server, PATH, { POST: (request, response) => serve(request, response, options) })
}

async function serve(request: Request, response: Response, options: WebhookOptions): Promise<void> {
  const raw = await readRawBody(request, MAX_BYTES)
  const challenge = await receive(
    openDelivery(request.headers, raw, options.secrets, options.clock()),
    options,
  )
  // 200 only now: what is kept cannot be lost, and what could not be kept is delivered again.
  response.sendRaw(200, JSON.stringify(challenge === undefined ? {} : { challenge }), {
    'Content-Type': 'application/json; charset=utf-8',
  })
}
