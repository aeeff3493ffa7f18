import { ActivityTypes, type Activity } from 'botbuilder'
import { BOT } from './conversations.ts'
import { toJson } from './json.ts'
import type { DirectLineOptions } from './options.ts'
import { randomId } from './tokens.ts'

/**
 * What the bot says to a message it could not take, as while the store is away. It travels with the error, since no
 * log can have it: in the answer to the request, beside the error body, and nowhere else.
 */
const said = new WeakMap<object, readonly object[]>()

/** Lets the bot say something beside `error`, where it can. */
export function answerMeanwhile(
  { meanwhile }: DirectLineOptions,
  error: unknown,
  activity: Partial<Activity>,
): void {
  if (typeof error !== 'object' || error === null || activity.type !== ActivityTypes.Message) return
  const words = meanwhile?.(error, activity) ?? []
  if (words.length === 0) return
  said.set(
    error,
    words.map((each) => toJson({ ...each, id: `meanwhile|${randomId()}`, from: BOT }) as object),
  )
}

/** @returns members for the error's body */
export function saidMeanwhile(error: unknown): { readonly activities?: readonly object[] } {
  const activities = typeof error === 'object' && error !== null ? said.get(error) : undefined
  return activities ? { activities } : {}
}
