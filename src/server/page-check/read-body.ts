import type { IncomingMessage } from 'node:http'
import { promisify } from 'node:util'
import { brotliDecompress, gunzip, inflate } from 'node:zlib'

export type Body =
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly problem: 'too-large' | 'unreadable' }

/**
 * The body as text. What comes over the line and what it unpacks to are limited both, so a small file that
 * unpacks to a huge one ends at the limit. Rejects where the connection breaks.
 * @param limit in bytes
 */
export async function readBody(response: IncomingMessage, limit: number): Promise<Body> {
  if (Number(response.headers['content-length'] ?? 0) > limit) return { ok: false, problem: 'too-large' }
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of response as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > limit) return { ok: false, problem: 'too-large' }
    chunks.push(chunk)
  }
  const unpack = UNPACK.get((response.headers['content-encoding'] ?? 'identity').trim().toLowerCase())
  if (!unpack) return { ok: false, problem: 'unreadable' }
  try {
    const bytes = await unpack(Buffer.concat(chunks), { maxOutputLength: limit })
    return { ok: true, text: decode(bytes, response.headers['content-type'] ?? '') }
  } catch (error) {
    const large = error instanceof RangeError && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE'
    return { ok: false, problem: large ? 'too-large' : 'unreadable' }
  }
}

type Unpack = (bytes: Buffer, options: { maxOutputLength: number }) => Promise<Buffer>

/** Asked for is the plain form; servers that pack all the same are understood. */
const UNPACK: ReadonlyMap<string, Unpack> = new Map([
  ['identity', async (bytes: Buffer) => bytes],
  ['gzip', promisify<Buffer, { maxOutputLength: number }, Buffer>(gunzip)],
  ['x-gzip', promisify<Buffer, { maxOutputLength: number }, Buffer>(gunzip)],
  ['deflate', promisify<Buffer, { maxOutputLength: number }, Buffer>(inflate)],
  ['br', promisify<Buffer, { maxOutputLength: number }, Buffer>(brotliDecompress)],
])

/** By the header, else by what the page says of itself near its beginning, else UTF-8. */
function decode(bytes: Buffer, contentType: string): string {
  const start = bytes.subarray(0, 2_048).toString('latin1')
  const charset =
    /charset=["']?([\w-]+)/i.exec(contentType)?.[1] ??
    /<meta[^>]{1,200}charset=["']?([\w-]+)/i.exec(start)?.[1]
  try {
    return new TextDecoder(charset ?? 'utf-8').decode(bytes)
  } catch {
    return new TextDecoder('utf-8').decode(bytes)
  }
}
