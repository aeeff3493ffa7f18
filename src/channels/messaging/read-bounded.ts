import { z } from 'zod'

const bytesSchema = z.instanceof(Uint8Array)

/** The body of an answer as text; undefined where it is longer than `most` bytes. Rejects where it is cut off. */
export async function readBounded(response: Response, most: number): Promise<string | undefined> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of response.body ?? []) {
    const bytes = bytesSchema.parse(chunk)
    size += bytes.length
    // Leaving the loop ends the connection.
    if (size > most) return undefined
    chunks.push(bytes)
  }
  return Buffer.concat(chunks).toString('utf8')
}
