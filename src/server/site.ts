import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import type { Next, Request, Response, Server } from 'restify'
import { AppError } from '../errors.ts'

export interface SiteOptions {
  /** Folder that `npm run build:widget` wrote: dist/widget. */
  readonly files: string
}

/**
 * The page with the widget (`/`), the widget for other pages (`/widget.js`) and a demo of it there (`/demo`).
 * Everything is read once, compressed once and answered from memory; no page reaches another host.
 */
export function mountSite(server: Server, { files }: SiteOptions): void {
  for (const [route, file, type, kind] of ROUTES) {
    const answer = answerWith(load(files, file), type, kind)
    server.get(route, answer)
    server.head(route, answer)
  }
}

type Kind = 'page' | 'script' | 'part'

const ROUTES: readonly (readonly [route: string, file: string, type: string, kind: Kind])[] = [
  ['/', 'index.html', 'text/html; charset=utf-8', 'page'],
  ['/demo', 'demo.html', 'text/html; charset=utf-8', 'page'],
  ['/page.css', 'page.css', 'text/css; charset=utf-8', 'part'],
  ['/demo.css', 'demo.css', 'text/css; charset=utf-8', 'part'],
  ['/favicon.svg', 'favicon.svg', 'image/svg+xml', 'part'],
  ['/widget.js', 'widget.js', 'text/javascript; charset=utf-8', 'script'],
]

interface Asset {
  readonly plain: Buffer
  readonly packed: Buffer
  readonly tag: string
}

function load(folder: string, file: string): Asset {
  try {
    const plain = readFileSync(join(folder, file))
    const tag = createHash('sha256').update(plain).digest('base64url').slice(0, 22)
    return { plain, packed: gzipSync(plain, { level: 9 }), tag }
  } catch (cause) {
    throw new AppError('config-invalid', {
      detail: `the page's file ${file} cannot be read`,
      remedy: 'Build it first: npm run build:widget',
      subject: file,
      cause,
    })
  }
}

function answerWith({ plain, packed, tag }: Asset, type: string, kind: Kind) {
  return (req: Request, res: Response, next: Next): void => {
    const gzip = acceptsGzip(req.headers['accept-encoding'])
    // Either form has its own tag: a cache must not mix them.
    const etag = gzip ? `"${tag}-gz"` : `"${tag}"`
    const headers: Record<string, string | number> = {
      'Content-Type': type,
      'Cache-Control': kind === 'page' ? 'no-cache' : 'public, max-age=300, stale-while-revalidate=86400',
      ETag: etag,
      Vary: 'Accept-Encoding',
      ...(kind === 'page' ? pageHeaders(req.headers.host) : {}),
      ...(kind === 'script'
        ? { 'Access-Control-Allow-Origin': '*', 'Cross-Origin-Resource-Policy': 'cross-origin' }
        : {}),
    }
    const known = req.headers['if-none-match']?.split(',').map((each) => each.trim().replace(/^W\//, ''))
    if (known?.includes(etag)) {
      res.writeHead(304, headers)
      res.end()
      return next(false)
    }
    const body = gzip ? packed : plain
    if (gzip) headers['Content-Encoding'] = 'gzip'
    res.writeHead(200, { ...headers, 'Content-Length': body.length })
    res.end(req.method === 'HEAD' ? undefined : body)
    next(false)
  }
}

/** @see https://www.w3.org/TR/CSP3/ : nothing inline, nothing from elsewhere, no frame around it. */
function pageHeaders(host: string | undefined): Record<string, string> {
  // Older browsers do not read 'self' as covering the WebSocket of the same host, so it is named.
  const sockets =
    host !== undefined && /^[\w.-]+(:\d+)?$|^\[[\da-f:]+\](:\d+)?$/i.test(host)
      ? ` ws://${host} wss://${host}`
      : ''
  return {
    'Content-Security-Policy': [
      "default-src 'none'",
      "script-src 'self'",
      "style-src 'self'",
      `connect-src 'self'${sockets}`,
      "img-src 'self' data:",
      "frame-ancestors 'none'",
      "base-uri 'none'",
      "form-action 'none'",
    ].join('; '),
  }
}

function acceptsGzip(header: string | string[] | undefined): boolean {
  return /\bgzip\b(?!\s*;\s*q=0(\.0*)?\s*(,|$))/i.test(String(header ?? ''))
}
