import { randomUUID } from 'node:crypto'
import type { Formatter, Request, Response } from 'restify'
import { AppError, type ErrorCode } from '../errors.ts'

/** An RFC 9457 problem document, the body of every error answer outside the Direct Line routes. */
export interface Problem {
  readonly type: string
  readonly title: string
  readonly status: number
  readonly detail: string
  readonly remedy: string
  readonly code: ErrorCode
  readonly subject?: string
  /** Only where the cause is in the log: the same id stands there. */
  readonly instance?: string
}

export interface ProblemLog {
  error(fields: object, message: string): void
}

export const PROBLEM_HEADERS = {
  'Content-Type': 'application/problem+json',
  'Cache-Control': 'no-store',
} as const

/** Status and title of every code: the one place where they are decided. */
const ANSWERS: Readonly<Record<ErrorCode, readonly [status: number, title: string]>> = {
  'rules-invalid': [500, 'The rules could not be read'],
  'dialogs-invalid': [500, 'The dialogs could not be read'],
  'config-invalid': [500, 'The configuration is wrong'],
  'answer-key-unknown': [400, 'Unknown answer key'],
  'answer-value-unknown': [400, 'Unknown answer value'],
  'answer-not-applicable': [400, 'The answer does not apply'],
  'request-invalid': [400, 'The request is not valid'],
  'body-too-large': [413, 'The body is too large'],
  'body-not-json': [400, 'The body is not JSON'],
  'content-type-unsupported': [415, 'The content type is not supported'],
  'token-missing': [401, 'A token is missing'],
  'token-invalid': [401, 'The token is not valid'],
  'token-expired': [401, 'The token has expired'],
  'token-foreign': [403, 'The token belongs to something else'],
  'origin-not-allowed': [403, 'The origin is not allowed'],
  'secret-wrong': [403, 'The secret is wrong'],
  'conversation-unknown': [404, 'Unknown conversation'],
  'watermark-invalid': [400, 'The watermark is not valid'],
  'activity-unsupported': [400, 'The activity is not supported'],
  'text-too-long': [413, 'The text is too long'],
  'text-empty': [400, 'The text is empty'],
  'service-url-not-allowed': [403, 'The service URL is not allowed'],
  'store-closed': [503, 'The store is closed'],
  'store-unavailable': [503, 'The store does not answer'],
  'store-conflict': [409, 'Somebody else wrote first'],
  'store-locked': [503, 'The store is in use'],
  'store-full': [503, 'The store is full'],
  'not-found': [404, 'Nothing is here'],
  'method-not-allowed': [405, 'The method is not allowed'],
  'rate-limited': [429, 'Too many requests'],
  'upstream-rejected': [502, 'Another service refused'],
  internal: [500, 'Something went wrong'],
}

/**
 * The problem document of an error. What failed inside (status 500 and above) is not told to the outside: the
 * answer carries an id under which the log has the cause.
 */
export function toProblem(error: AppError): Problem {
  const [status, title] = ANSWERS[error.code]
  const common = { type: `urn:icp-filing-assistant:error:${error.code}`, title, status, code: error.code }
  if (status >= 500)
    return {
      ...common,
      detail: 'The request could not be completed because of a fault on this side.',
      remedy: 'Try again in a moment. If it stays, give the operator the id in `instance`.',
      instance: `urn:uuid:${randomUUID()}`,
    }
  return {
    ...common,
    detail: error.message,
    remedy: error.remedy,
    ...(error.subject === undefined ? {} : { subject: error.subject }),
  }
}

/** Answers a request with the problem document of whatever a handler threw. */
export function sendProblem(request: Request, response: Response, error: unknown, log: ProblemLog): void {
  const problem = describe(request, error, log)
  const text = JSON.stringify(problem)
  if (error instanceof AppError && error.retryAfterSeconds !== undefined)
    response.setHeader('Retry-After', String(error.retryAfterSeconds))
  response.setHeader('Content-Length', Buffer.byteLength(text))
  response.sendRaw(problem.status, text, PROBLEM_HEADERS)
}

/** restify's JSON writer, which also catches errors that bypass the error event: a handler that never answered. */
export function formatJson(log: ProblemLog): Formatter {
  return (request, response, body: unknown) => {
    const problem = body instanceof Error ? describe(request, body, log) : undefined
    if (problem) {
      response.statusCode = problem.status
      for (const [name, value] of Object.entries(PROBLEM_HEADERS)) response.setHeader(name, value)
    }
    const text = JSON.stringify(problem ?? body)
    response.setHeader('Content-Length', Buffer.byteLength(text))
    return text
  }
}

function describe(request: Request, error: unknown, log: ProblemLog): Problem {
  // The path without the query: a query may carry a token.
  const what = `${String(request.method)} ${request.getPath().slice(0, 200)}`
  const known = toAppError(error, what)
  const problem = toProblem(known)
  const fault = known.code === 'internal' && known.cause !== undefined ? known.cause : known
  if (problem.status >= 500) log.error({ err: fault, instance: problem.instance }, `${what} failed`)
  return problem
}

/** Anything a handler may throw, and restify's own errors, as an AppError. `what` is the method and path. */
export function toAppError(error: unknown, what: string): AppError {
  if (error instanceof AppError) return error
  switch (statusOf(error)) {
    case 404:
      return new AppError('not-found', {
        detail: `There is nothing at ${what}.`,
        remedy: 'Check the path; the docs list every address this server has.',
      })
    case 405:
      return new AppError('method-not-allowed', {
        detail: `This address exists, but not for ${what}.`,
        remedy: 'Use one of the methods in the Allow header.',
      })
    case 400:
      return new AppError('request-invalid', {
        detail: `The request ${what} could not be read.`,
        remedy: 'Check the query string and the headers.',
        cause: error,
      })
    default:
      return new AppError('internal', { detail: `${what} failed.`, remedy: 'Read the cause.', cause: error })
  }
}

function statusOf(error: unknown): unknown {
  return error instanceof Error && 'statusCode' in error ? error.statusCode : undefined
}
