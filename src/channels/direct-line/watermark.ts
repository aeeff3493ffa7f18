import type { Request } from 'restify'
import { z } from 'zod'
import { AppError } from '../../errors.ts'
import type { Logs } from '../../store/port.ts'

/**
 * A watermark is the sequence of the last activity a client has seen, in decimal; none or an empty one means
 * "from the beginning".
 */
export async function readWatermark(value: unknown, logs: Logs, log: string): Promise<number> {
  if (value === undefined || value === '') return 0
  if (typeof value !== 'string' || !/^\d{1,15}$/.test(value))
    throw invalid(
      `The watermark ${String(JSON.stringify(value)).slice(0, 60)} is not a whole number of 0 or more.`,
      'Send the watermark of the last answer as it came, or leave it out to read from the beginning.',
    )
  const newest = await logs.last(log)
  if (Number(value) <= newest) return Number(value)
  throw invalid(
    `The watermark ${value} is beyond the end of the conversation, whose newest watermark is ${newest}.`,
    `Send ${newest} or less.`,
  )
}

const querySchema = z.object({ watermark: z.unknown().optional() })

export function watermarkOf(request: Request): unknown {
  return querySchema.parse(request.query).watermark
}

function invalid(detail: string, remedy: string): AppError {
  return new AppError('watermark-invalid', { detail, remedy, subject: 'watermark' })
}
