import { AppError } from '../../errors.ts'

/** A turn that ended with an error, for the log and for whoever waits for the answer. */
export function turnFailure(error: unknown): AppError {
  return new AppError('upstream-rejected', {
    detail: 'The assistant could not finish its answer.',
    remedy: 'Send the activity again with the same id.',
    cause: withoutRequest(error),
  })
}

/**
 * An error of the SDK's HTTP client holds the request it made: the bot's own token, and what it was about to say.
 * Neither belongs in a log.
 */
function withoutRequest(error: unknown): unknown {
  if (!(error instanceof Error) || !('request' in error || 'response' in error || 'config' in error))
    return error
  const status = 'statusCode' in error && typeof error.statusCode === 'number' ? error.statusCode : undefined
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined
  return new AppError('upstream-rejected', {
    detail: `The channel's connector did not take a reply: ${status ?? code ?? error.name}.`,
    remedy: 'Compare the status with the Bot Connector documentation; 401 and 403 point at the credentials.',
  })
}
