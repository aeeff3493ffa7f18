import { AppError } from '../../errors.ts'

/** The platform is busy, away or slow: the same payload may be sent again, not before `afterMs` from now. */
export class TryLater extends AppError {
  readonly afterMs: number

  constructor(platform: string, detail: string, afterMs: number, cause?: unknown) {
    super('upstream-rejected', {
      detail: `${platform}: ${detail}`,
      remedy: 'Nothing to do: it is sent again.',
      subject: platform,
      cause,
    })
    this.afterMs = afterMs
  }
}

/** The platform will never take this payload: the chat is gone, the bot was removed, the message is unfit. */
export class Refused extends AppError {
  constructor(platform: string, detail: string, remedy: string) {
    super('upstream-rejected', { detail: `${platform}: ${detail}`, remedy, subject: platform })
  }
}
