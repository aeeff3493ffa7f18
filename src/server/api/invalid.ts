import type { z } from 'zod'
import { AppError } from '../../errors.ts'

/** The error for a body that does not fit: names the member and shows one that does. */
export function invalidRequest(error: z.ZodError, example: string): AppError {
  const [issue] = error.issues
  const subject = issue?.path.join('.') ?? ''
  return new AppError('request-invalid', {
    detail: `The body is not valid${subject === '' ? '' : ` at ${subject}`}: ${issue?.message ?? 'unknown'}.`,
    remedy: `Send for example ${example}`,
    ...(subject === '' ? {} : { subject }),
  })
}
