/**
 * Every error the product raises on purpose: a stable code, what is wrong, and how to mend it.
 * Codes are permanent: other programs and docs/errors.md rely on them.
 */
export const ERROR_CODES = [
  'rules-invalid',
  'dialogs-invalid',
  'config-invalid',
  'answer-key-unknown',
  'answer-value-unknown',
  'answer-not-applicable',
  'request-invalid',
  'body-too-large',
  'body-not-json',
  'content-type-unsupported',
  'token-missing',
  'token-invalid',
  'token-expired',
  'token-foreign',
  'origin-not-allowed',
  'secret-wrong',
  'conversation-unknown',
  'watermark-invalid',
  'activity-unsupported',
  'text-too-long',
  'text-empty',
  'service-url-not-allowed',
  'store-closed',
  'store-unavailable',
  'store-conflict',
  'store-locked',
  'store-full',
  'not-found',
  'method-not-allowed',
  'rate-limited',
  'upstream-rejected',
  'internal',
] as const
export type ErrorCode = (typeof ERROR_CODES)[number]

export interface ErrorDetails {
  /** What is wrong, for the person who can mend it. Never holds personal data. */
  readonly detail: string
  /** How to mend it. */
  readonly remedy: string
  /** The field, key or file concerned. */
  readonly subject?: string
  /** When it is worth trying again. */
  readonly retryAfterSeconds?: number
  readonly cause?: unknown
}

export class AppError extends Error {
  override readonly name = 'AppError'
  readonly code: ErrorCode
  readonly remedy: string
  readonly subject: string | undefined
  readonly retryAfterSeconds: number | undefined

  constructor(code: ErrorCode, { detail, remedy, subject, retryAfterSeconds, cause }: ErrorDetails) {
    super(detail, cause === undefined ? undefined : { cause })
    this.code = code
    this.remedy = remedy
    this.subject = subject
    this.retryAfterSeconds = retryAfterSeconds
  }
}
