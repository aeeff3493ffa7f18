import { AppError, type ErrorCode } from '../../errors.ts'
import { storeFault } from '../../store/fault.ts'

/** The error body of the Direct Line protocol. */
export interface DirectLineError {
  readonly status: number
  readonly body: { readonly error: { readonly code: string; readonly message: string } }
}

/**
 * What Direct Line clients expect differs from plain HTTP: DirectLineJS takes 403 for an expired token, 404 for
 * an ended conversation, any other 4xx for final and 5xx for "try again".
 */
const ANSWERS: Partial<Readonly<Record<ErrorCode, readonly [status: number, code: string]>>> = {
  'token-missing': [401, 'MissingToken'],
  'token-invalid': [403, 'BadToken'],
  'token-expired': [403, 'TokenExpired'],
  'token-foreign': [403, 'ForeignToken'],
  'secret-wrong': [403, 'BadSecret'],
  'origin-not-allowed': [403, 'OriginNotAllowed'],
  'conversation-unknown': [404, 'ConversationNotFound'],
  'not-found': [404, 'NotFound'],
  'method-not-allowed': [405, 'MethodNotAllowed'],
  'watermark-invalid': [400, 'BadWatermark'],
  'activity-unsupported': [400, 'ActivityNotSupported'],
  'text-empty': [400, 'TextEmpty'],
  'text-too-long': [413, 'TextTooLong'],
  'body-too-large': [413, 'MessageSizeTooBig'],
  'body-not-json': [400, 'BadSyntax'],
  'content-type-unsupported': [415, 'ContentTypeNotSupported'],
  'request-invalid': [400, 'BadArgument'],
  'rate-limited': [429, 'TooManyRequests'],
  'upstream-rejected': [502, 'BotError'],
  'store-closed': [503, 'ServiceUnavailable'],
  'store-unavailable': [503, 'ServiceUnavailable'],
  'store-conflict': [503, 'ServiceUnavailable'],
  'store-locked': [503, 'ServiceUnavailable'],
  'store-full': [503, 'ServiceUnavailable'],
}

const AWAY =
  'What was sent could not be saved just now, and nothing was kept by halves. Send it again in a moment, a message ' +
  'with the same channelData.clientActivityID: it will be there once.'

/** The Direct Line answer to an error. Only errors raised on purpose say what happened. */
export function toDirectLineError(error: unknown): DirectLineError {
  const known = error instanceof AppError ? error : fromRouter(error)
  const [status, code] = ANSWERS[known.code] ?? [500, 'InternalError']
  const told = status < 500 || known.code === 'upstream-rejected'
  const message = told
    ? `${known.message} ${known.remedy}`
    : storeFault(known)
      ? AWAY
      : 'The request could not be completed because of a fault on this side. Try again in a moment.'
  return { status, body: { error: { code, message } } }
}

/** restify's own errors carry a status only. */
function fromRouter(error: unknown): AppError {
  const status = error instanceof Error && 'statusCode' in error ? error.statusCode : undefined
  const remedy = 'See docs/direct-line.md for the routes of this server. Files cannot be uploaded.'
  if (status === 404) return new AppError('not-found', { detail: 'There is no such route.', remedy })
  if (status === 405)
    return new AppError('method-not-allowed', { detail: 'This route has other methods.', remedy })
  return new AppError('internal', { detail: 'The request failed.', remedy: 'Read the cause.', cause: error })
}
