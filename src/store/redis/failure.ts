import { AppError, type ErrorCode } from '../../errors.ts'
import { markUncertain } from '../uncertain.ts'

/** The code of "no answer from Redis". One place, so that it can get a code of its own. */
const UNAVAILABLE: ErrorCode = 'store-unavailable'

/**
 * What an error of ioredis or Redis means for the call that met it:
 * - `refused`: the server (or the client, before sending) did nothing; the same call may succeed soon
 * - `unsure`: sent, but no answer; it may have taken effect
 * - `final`: the same call will fail again
 */
export type Verdict = 'refused' | 'unsure' | 'final'

const REFUSED =
  /^(READONLY|LOADING|MASTERDOWN|CLUSTERDOWN|TRYAGAIN|BUSY|NOREPLICAS|UNBLOCKED|MOVED|ASK)\b|isn't writeable|Cluster isn't ready|None of startup nodes|All sentinels are unreachable|ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH/
const UNSURE =
  /Connection is closed|Reached the max retries|Command timed out|Socket timeout|Too many Cluster redirections|Command aborted|Failed to refresh slots|Cluster is ended|ECONNRESET|EPIPE|ETIMEDOUT|ECONNABORTED/
const DENIED =
  /^(NOAUTH|WRONGPASS|NOPERM)\b|invalid password|ACL failure|no permissions|without any password/i
const FULL = /^OOM\b|command not allowed when used memory/
const CANNOT_SAVE = /^MISCONF\b/
const CERTIFICATE = /certificate|CERT_|SELF_SIGNED|ERR_TLS|wrong version number|SSL routines|EPROTO/i

const SENTINEL_DENIED = /\bsentinels?\b.*\b(NOAUTH|WRONGPASS|NOPERM)\b/is
const NO_DATABASE = /DB index is out of range|invalid DB index/i
const NO_CLUSTER = /cluster support disabled/i

export function verdictOf(error: unknown): Verdict {
  const text = describe(error)
  if (DENIED.test(text) || FULL.test(text) || CANNOT_SAVE.test(text)) return 'final'
  if (REFUSED.test(text)) return 'refused'
  return UNSURE.test(text) ? 'unsure' : 'final'
}

/** True for what no waiting mends while a connection is being made: the configuration is wrong. */
export function isHopeless(error: unknown): boolean {
  const text = describe(error)
  return [DENIED, SENTINEL_DENIED, CERTIFICATE, NO_CLUSTER, NO_DATABASE].some((pattern) => pattern.test(text))
}

/** The AppError for what Redis or ioredis reported as final, or while connecting. */
export function redisFailure(shown: string, cause: unknown): AppError {
  if (cause instanceof AppError) return cause
  const text = describe(cause)
  const make = (code: ErrorCode, detail: string, remedy: string): AppError =>
    new AppError(code, { detail, remedy, subject: 'REDIS_URL', cause: text })
  if (FULL.test(text)) {
    return make(
      'store-full',
      `Redis at ${shown} has no memory left; nothing of this call was kept.`,
      'Raise maxmemory or delete what is not needed, then try again.',
    )
  }
  if (CANNOT_SAVE.test(text)) {
    return make(
      'store-full',
      `Redis at ${shown} cannot save to its disk and takes no writes; nothing of this call was kept.`,
      'Free space on the disk of Redis and look into its log, then try again.',
    )
  }
  if (SENTINEL_DENIED.test(text)) {
    return make(
      'config-invalid',
      `Sentinel at ${shown} refuses this user.`,
      'Check REDIS_SENTINEL_USERNAME and REDIS_SENTINEL_PASSWORD; those of REDIS_URL are for the server behind it.',
    )
  }
  if (DENIED.test(text)) {
    return make(
      'config-invalid',
      `Redis at ${shown} refuses this user: ${text}.`,
      'Check user and password in REDIS_URL, and give the user the rights listed in docs/redis.md.',
    )
  }
  if (CERTIFICATE.test(text)) {
    return make(
      'config-invalid',
      `No TLS connection to Redis at ${shown}: ${text}.`,
      'Check that the port speaks TLS (rediss://) and that the certificate is signed by the configured authority.',
    )
  }
  if (NO_CLUSTER.test(text)) {
    return make(
      'config-invalid',
      `Redis at ${shown} is no cluster.`,
      'Write redis:// for a single server in REDIS_URL.',
    )
  }
  if (NO_DATABASE.test(text)) {
    return make(
      'config-invalid',
      `Redis at ${shown} has no database of this number.`,
      'Use a lower number at the end of REDIS_URL, or none.',
    )
  }
  if (verdictOf(cause) !== 'final') return unavailable(shown, { cause, waitedMs: undefined, unsure: false })
  return make(
    'internal',
    `Redis at ${shown} failed: ${text}.`,
    'Check the log of Redis, and that nothing else writes keys with this prefix.',
  )
}

interface Waited {
  /** The last thing that was reported, if any. */
  readonly cause: unknown
  readonly waitedMs: number | undefined
  /** Whether the call was sent and may have taken effect. */
  readonly unsure: boolean
}

export function unavailable(shown: string, { cause, waitedMs, unsure }: Waited): AppError {
  const reason = cause === undefined ? 'it does not answer' : describe(cause)
  const within = waitedMs === undefined ? '' : ` within ${waitedMs} ms`
  const error = new AppError(UNAVAILABLE, {
    detail: `Redis at ${shown} could not be used${within}: ${reason}. ${
      unsure ? 'Whether the call took effect is not known.' : 'Nothing was written.'
    }`,
    remedy: 'Check that Redis runs and can be reached from here; the call may be repeated.',
    subject: 'REDIS_URL',
    cause: reason,
  })
  return unsure ? markUncertain(error) : error
}

/** True when Redis does not answer for now: what waits anyway waits on. */
export function isUnavailable(error: unknown): boolean {
  return error instanceof AppError && error.code === UNAVAILABLE
}

/** More calls wait for Redis than are let. */
export function overloaded(shown: string, limit: number): AppError {
  return new AppError(UNAVAILABLE, {
    detail: `${limit} calls already wait for Redis at ${shown}. Nothing was written.`,
    remedy: 'Wait until Redis answers again, or raise maxPending.',
    subject: 'REDIS_URL',
  })
}

/**
 * One line. It stands in for the error itself, also as a cause: ioredis keeps the arguments of the command on its
 * errors, and what people typed must not get into a log that way.
 */
function describe(cause: unknown): string {
  if (!(cause instanceof Error)) return String(cause)
  const inner =
    'lastNodeError' in cause && cause.lastNodeError instanceof Error ? cause.lastNodeError : undefined
  if (inner !== undefined) return describe(inner)
  if (cause instanceof AggregateError && cause.errors.length > 0) return describe(cause.errors[0])
  const code = 'code' in cause && typeof cause.code === 'string' ? cause.code : ''
  return code === '' || cause.message.includes(code) ? cause.message : `${cause.message} (${code})`
}
