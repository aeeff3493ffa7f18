import type { IncomingMessage } from 'node:http'
import { z } from 'zod'
import { AppError } from '../../errors.ts'

const bytesSchema = z.instanceof(Buffer)

/**
 * The bytes of a request as they came: a signature is over these and nothing else.
 * @throws AppError body-too-large; request-invalid where it was cut off or is compressed
 */
export async function readRawBody(request: IncomingMessage, limit: number): Promise<Buffer> {
  if (request.headers['content-encoding'] !== undefined)
    throw invalid('The body is compressed.', 'Send it as it is.')
  if (Number(request.headers['content-length'] ?? 0) > limit) throw tooLarge(limit)
  const chunks: Buffer[] = []
  let size = 0
  try {
    // Left open after an error, so that the caller still gets the answer.
    for await (const chunk of request.iterator({ destroyOnReturn: false })) {
      const bytes = bytesSchema.parse(chunk)
      size += bytes.length
      if (size > limit) throw tooLarge(limit)
      chunks.push(bytes)
    }
  } catch (error) {
    throw error instanceof AppError ? error : invalid('The request was cut off.', 'Send it again, whole.')
  }
  return Buffer.concat(chunks)
}

function tooLarge(limit: number): AppError {
  return new AppError('body-too-large', {
    detail: `The body is larger than ${limit} bytes.`,
    remedy: 'Send less in one request.',
  })
}

function invalid(detail: string, remedy: string): AppError {
  return new AppError('request-invalid', { detail, remedy })
}
