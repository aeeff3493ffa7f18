import type { ConfigurationBotFrameworkAuthentication } from 'botbuilder'
import { AppError } from '../../errors.ts'

type ConnectorOptions = NonNullable<ConstructorParameters<typeof ConfigurationBotFrameworkAuthentication>[4]>
type HttpClient = NonNullable<ConnectorOptions['httpClient']>
type Sent = Parameters<HttpClient['sendRequest']>[0]

const PATIENCE_MS = 15_000

/**
 * Sends the SDK's requests, which carry the bot's token. The SDK's own client waits for ever; this one gives up,
 * asks `check` about every address just before it goes there, and leaves redirects alone.
 */
export function connectorClient(check: (url: string) => void, patienceMs = PATIENCE_MS): HttpClient {
  return {
    sendRequest: async (request) => {
      check(request.url)
      const response = await send(request, patienceMs)
      // The SDK's header type is not among what it exports; the request's own is one.
      const headers = request.headers.clone()
      for (const name of headers.headerNames()) headers.remove(name)
      response.headers.forEach((value, name) => headers.set(name, value))
      return { request, status: response.status, headers, bodyAsText: response.text }
    },
  }
}

async function send(request: Sent, patienceMs: number) {
  try {
    const response = await fetch(request.url, {
      method: request.method,
      headers: headersOf(request),
      body: typeof request.body === 'string' ? request.body : null,
      redirect: 'manual',
      signal: AbortSignal.timeout(patienceMs),
    })
    return { status: response.status, headers: response.headers, text: await response.text() }
  } catch (error) {
    const { name, cause } = error instanceof Error ? error : { name: 'unknown', cause: undefined }
    const reason = cause instanceof Error && 'code' in cause ? String(cause.code) : name
    throw new AppError('upstream-rejected', {
      detail: `The channel's connector could not be reached: ${reason}.`,
      remedy: `Check that this server reaches ${new URL(request.url).host}.`,
    })
  }
}

/** fetch counts the body itself, and undoes its compression. */
function headersOf({ headers }: Sent): Record<string, string> {
  const own = ['content-length', 'accept-encoding', 'host', 'connection']
  return Object.fromEntries(
    Object.entries(headers.rawHeaders()).filter(([name]) => !own.includes(name.toLowerCase())),
  )
}
