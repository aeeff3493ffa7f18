import { createHash } from 'node:crypto'

/**
 * Keys of what the bot keeps. Everything one turn writes is about one case and has the case's id in braces: a
 * store that spreads keys over machines keeps a case together by that (docs/redis.md). No key holds anything a
 * person wrote.
 */
export const caseKey = (caseId: string): string => `case:{${caseId}}`
export const talkKey = (caseId: string, conversation: string): string => `talk:{${caseId}}:${conversation}`
export const turnKey = (caseId: string, conversation: string, turn: string): string =>
  `turn:{${caseId}}:${conversation}:${turn}`
export const leaseKey = (caseId: string): string => `lease:{${caseId}}`
export const waitingKey = (caseId: string): string => `waiting:{${caseId}}`

/** A conversation of a channel: 128 bits that say nothing about either, whatever characters their ids hold. */
export function conversationKey(channelId: string, conversationId: string): string {
  return digest(`${channelId}\n${conversationId}`)
}

/** One message of a conversation, by the id its channel gave it. */
export function turnId(activityId: string): string {
  return digest(activityId)
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('base64url').slice(0, 22)
}
