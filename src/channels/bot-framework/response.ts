import type { Activity, InvokeResponse } from 'botbuilder'
import type { Response } from 'restify'

const NOT_IMPLEMENTED = 501

/**
 * Answers the request with what the turn left: the replies of `expectReplies`, the bot's answer to an `invoke`, or
 * nothing. An invoke that the bot does not know gets 501, as the protocol wants, and a text that says so.
 */
export function answerTurn(response: Response, activity: Activity, turn: InvokeResponse | undefined): void {
  const status = turn?.status ?? 200
  const body: unknown = turn?.body ?? (status === NOT_IMPLEMENTED ? notImplemented(activity) : undefined)
  if (body === undefined) {
    response.sendRaw(status, '')
    return
  }
  response.send(status, body)
}

/** The error body of the Bot Framework protocol. */
function notImplemented({ name }: Activity): object {
  return {
    error: {
      code: 'NotImplemented',
      message: `This bot answers no invoke${name ? ` named ${JSON.stringify(name.slice(0, 100))}` : ''}. Send a message instead.`,
    },
  }
}
