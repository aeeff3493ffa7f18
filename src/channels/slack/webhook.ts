import type { Request, Response, Server } from 'restify'
import { AppError } from '../../errors.ts'
import { readRawBody } from '../messaging/raw-body.ts'
import { serveRaw } from '../messaging/serve-raw.ts'
import { receive, type ReceiveOptions } from './receive.ts'
import { checkSignature } from './signature.ts'

export const PATH = '/api/slack'
const MAX_BYTES = 512 * 1024

export interface WebhookOptions extends ReceiveOptions {
  readonly signingSecret: string
  readonly clock: () => Date
}

/**
 * Serves Slack's Events API and interactivity under one address. It stands before the server's own reading of
 * bodies: the signature is over bytes, and buttons arrive as a form.
 */
export function mountWebhook(server: Server, options: WebhookOptions): void {
  serveRaw(server, PATH, { POST: (request, response) => serve(request, response, options) })
}

async function serve(request: Request, response: Response, options: WebhookOptions): Promise<void> {
  const body = await readRawBody(request, MAX_BYTES)
  checkSignature(request.headers, body, options.signingSecret, options.clock())
  const challenge = await receive(parse(body, request.headers['content-type'] ?? ''), options)
  // 200 only now: what is kept cannot be lost, and what could not be kept is delivered again.
  response.sendRaw(200, challenge ?? '', { 'Content-Type': 'text/plain; charset=utf-8' })
}

function parse(body: Buffer, type: string): unknown {
  const text = body.toString('utf8')
  const json = /^application\/x-www-form-urlencoded\b/i.test(type)
    ? (new URLSearchParams(text).get('payload') ?? 'null')
    : text
  try {
    return JSON.parse(json)
  } catch {
    throw new AppError('body-not-json', { detail: 'The body is not valid JSON.', remedy: 'Send it whole.' })
  }
}
