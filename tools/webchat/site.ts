import { readFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Duplex } from 'node:stream'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { startTestApp } from '../../test/support/app.ts'
import { webChatBundles } from './install.ts'

export interface Site {
  readonly address: string
  /** Cuts every WebSocket, as a network does. */
  cut(): void
  close(): Promise<void>
}

/** Which bundle a page shows; `/webchat/full` and `/webchat/minimal`. */
const BUNDLES = { full: 'webchat.js', minimal: 'webchat-minimal.js' } as const

/**
 * The real product, and beside it, under the same address, pages with Web Chat in their simplest form. Scripts
 * are sent compressed and from memory, as the product sends its own.
 */
export async function startWebChatSite(): Promise<Site> {
  const app = await startTestApp()
  const assets = webChatAssets(webChatBundles())
  const inner = app.server.server
  const sockets = new Set<Duplex>()
  const front: Server = createServer((req, res) => {
    const asset = assets.get(req.url ?? '')
    if (!asset) return void inner.emit('request', req, res)
    res.writeHead(200, { ...asset.headers, 'content-length': asset.body.length, 'cache-control': 'no-store' })
    res.end(asset.body)
  })
  front.on('upgrade', (request, socket, head) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
    inner.emit('upgrade', request, socket, head)
  })
  await new Promise<void>((resolve) => front.listen(0, '127.0.0.1', resolve))
  return {
    address: `http://127.0.0.1:${(front.address() as AddressInfo).port}`,
    cut: () => {
      for (const socket of sockets) socket.destroy()
    },
    close: async () => {
      front.closeAllConnections()
      await new Promise((resolve) => front.close(resolve))
      await app.end()
    },
  }
}

interface Asset {
  readonly headers: Readonly<Record<string, string>>
  readonly body: Buffer
}

function webChatAssets(folder: string): ReadonlyMap<string, Asset> {
  const assets = new Map<string, Asset>([['/webchat/start.js', script(Buffer.from(START))]])
  for (const [name, file] of Object.entries(BUNDLES)) {
    assets.set(`/webchat/${file}`, script(readFileSync(join(folder, file))))
    assets.set(`/webchat/${name}`, {
      headers: { 'content-type': 'text/html; charset=utf-8' },
      body: Buffer.from(page(file)),
    })
  }
  return assets
}

function script(plain: Buffer): Asset {
  return {
    headers: { 'content-type': 'text/javascript; charset=utf-8', 'content-encoding': 'gzip' },
    body: gzipSync(plain, { level: 9 }),
  }
}

const page = (file: string) => `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>Web Chat</title>
    <link rel="icon" href="data:," />
    <style>html, body, #chat { height: 100%; margin: 0 }</style>
    <script src="/webchat/${file}" defer></script>
    <script src="/webchat/start.js" defer></script>
  </head>
  <body><div id="chat" role="main"></div></body>
</html>
`

const START = `(async () => {
  const domain = location.origin + '/v3/directline'
  const { token } = await (await fetch(domain + '/tokens/generate', { method: 'POST' })).json()
  const directLine = WebChat.createDirectLine({ token, domain })
  window.statuses = []
  directLine.connectionStatus$.subscribe((status) => window.statuses.push(status))
  WebChat.renderWebChat({ directLine, locale: 'en-US' }, document.getElementById('chat'))
})()
`
