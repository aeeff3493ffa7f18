import { z } from 'zod'
import type { Json } from '../../store/port.ts'
import type { Payload, Platform, Target } from '../messaging/channel.ts'
import { Refused, TryLater } from '../messaging/delivery-error.ts'
import type { Api } from './api.ts'
import { personOf } from './events.ts'
import { LIMITS, messageSchema, toDingtalk, type DingtalkMessage } from './messages.ts'
import { postToSession, webhookOf } from './session-webhook.ts'
import type { DingtalkSettings } from './settings.ts'

const ids = z.array(z.string()).nullish()
const sentSchema = z.object({
  processQueryKey: z.string().nullish(),
  invalidStaffIdList: ids,
  flowControlledStaffIdList: ids,
})

export interface DingtalkPlatformOptions extends Pick<DingtalkSettings, 'robotCode' | 'apiUrl'> {
  readonly api: Api
  readonly clock: () => Date
}

/**
 * Answers go to the address that came with the question while it is good: it needs no permission and does not count
 * as a call of the organisation's. Everything else, and what the address does not take, goes through the OpenAPI.
 * DingTalk knows no key that makes a message once.
 */
export function dingtalkPlatform({ api, clock, robotCode, apiUrl }: DingtalkPlatformOptions): Platform {
  async function send(target: Target, payload: Payload): Promise<string | undefined> {
    const message = messageSchema.parse(payload)
    const webhook = webhookOf(target.replyWith, apiUrl, clock())
    if (webhook !== undefined && (await postToSession(webhook, sessionMessage(message)))) return undefined
    const person = personOf(target.chat)
    const body = { robotCode, ...robotMessage(message) }
    if (person === undefined) {
      const path = '/v1.0/robot/groupMessages/send'
      return parsed(await api.call(path, { ...body, openConversationId: target.chat })).processQueryKey
    }
    const path = '/v1.0/robot/oToMessages/batchSend'
    return toPerson(parsed(await api.call(path, { ...body, userIds: [person] })))
  }
  return { channel: 'dingtalk', limits: LIMITS, convert: toDingtalk, send }
}

interface Sent {
  readonly processQueryKey: string | undefined
  readonly invalid: boolean
  readonly flowControlled: boolean
}

function parsed(answer: unknown): Sent {
  const sent = sentSchema.safeParse(answer).data
  if (!sent) throw new TryLater('dingtalk', 'an answer that makes no sense', 1_000)
  return {
    processQueryKey: sent.processQueryKey ?? undefined,
    invalid: (sent.invalidStaffIdList ?? []).length > 0,
    flowControlled: (sent.flowControlledStaffIdList ?? []).length > 0,
  }
}

/** Sent to one person alone: DingTalk says 200 and lists who gets nothing. */
function toPerson({ processQueryKey, invalid, flowControlled }: Sent): string | undefined {
  if (flowControlled) throw new TryLater('dingtalk', 'oToMessages: flow controlled', 60_000)
  if (invalid)
    throw new Refused(
      'dingtalk',
      'oToMessages: nobody of that id',
      'See whether the person still works there.',
    )
  return processQueryKey
}

/** As the address of a conversation takes it. */
function sessionMessage(message: DingtalkMessage): Json {
  if (message.kind === 'text') return { msgtype: 'text', text: { content: message.text } }
  const { title, text, buttons } = message
  const [only, ...more] = buttons
  if (!only) return { msgtype: 'markdown', markdown: { title, text } }
  const action =
    more.length === 0
      ? { singleTitle: only.title, singleURL: only.url }
      : { btnOrientation: '0', btns: buttons.map((one) => ({ title: one.title, actionURL: one.url })) }
  return { msgtype: 'actionCard', actionCard: { title, text, ...action } }
}

/** As the OpenAPI takes it: a template by its name, and its parameters as a string. */
function robotMessage(message: DingtalkMessage): { msgKey: string; msgParam: string } {
  if (message.kind === 'text') return template('sampleText', { content: message.text })
  const { title, text, buttons } = message
  const [only, ...more] = buttons
  if (!only) return template('sampleMarkdown', { title, text })
  if (more.length === 0)
    return template('sampleActionCard', { title, text, singleTitle: only.title, singleURL: only.url })
  const actions = buttons.flatMap((one, at) => [
    [`actionTitle${at + 1}`, one.title] as const,
    [`actionURL${at + 1}`, one.url] as const,
  ])
  return template(`sampleActionCard${buttons.length}`, { title, text, ...Object.fromEntries(actions) })
}

function template(msgKey: string, parameters: Record<string, string>): { msgKey: string; msgParam: string } {
  return { msgKey, msgParam: JSON.stringify(parameters) }
}
