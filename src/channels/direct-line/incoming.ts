import { createHash } from 'node:crypto'
import { ActivityTypes, type Activity } from 'botbuilder'
import { z } from 'zod'
import { AppError } from '../../errors.ts'
import type { Json } from '../../store/port.ts'
import { referenceOf, type Conversation } from './conversations.ts'
import { toJson } from './json.ts'
import { readLocale } from './locale.ts'
import { randomId } from './tokens.ts'

export const MAX_TEXT = 20_000
/** As JSON text. */
const MAX_VALUE = 32_000
const MAX_CHANNEL_DATA = 4_000
const { Message, Event, Typing, EndOfConversation } = ActivityTypes

/** Clients send null for what they do not have. */
const optional = <S extends z.ZodType>(schema: S) => schema.nullish().transform((value) => value ?? undefined)
const short = optional(z.string().max(200))
/** The store takes well-formed text only, and half a surrogate pair is not. */
const wellFormed = z.string().transform((text) => text.replace(/\p{Surrogate}/gu, '\uFFFD'))

/** What a client may say. Who says it, where and when is never taken from the body; unknown members go. */
const bodySchema = z.object({
  type: z.enum([Message, Event, Typing, EndOfConversation]),
  text: optional(wellFormed),
  textFormat: optional(z.enum(['plain', 'markdown', 'xml'])),
  name: short,
  code: short,
  replyToId: short,
  locale: optional(z.string()),
  attachments: optional(z.array(z.unknown())),
  value: optional(z.unknown()),
  channelData: z.unknown().optional(),
})
type Body = z.output<typeof bodySchema>

/**
 * The activity a client posted, as the bot gets it. Posted again with the same `channelData.clientActivityID` it
 * has the same `id`.
 * @throws AppError that names the member of the body and what it takes
 */
export function readIncoming(body: unknown, conversation: Conversation, now: Date): Partial<Activity> {
  const parsed = parse(body)
  checkContent(parsed)
  const { type, text, textFormat, name, code, replyToId, value } = parsed
  const channelData = keepSmall(parsed.channelData)
  return {
    ...{ type, text, textFormat, name, code, replyToId, channelData },
    ...(value === undefined ? {} : { value: toJson(value) }),
    ...addressOf(conversation),
    locale: readLocale(parsed.locale) ?? conversation.locale,
    id: activityId(conversation.id, channelData),
    timestamp: now,
  }
}

/** Who speaks to whom, where. */
export function addressOf(conversation: Conversation): Partial<Activity> {
  const { user, bot, channelId, serviceUrl, conversation: account } = referenceOf(conversation)
  return { channelId, serviceUrl, conversation: account, from: user, recipient: bot }
}

function parse(body: unknown): Body {
  const result = bodySchema.safeParse(body)
  if (result.success) return result.data
  const [issue] = result.error.issues
  const subject = issue?.path.join('.') ?? ''
  if (subject === 'type')
    throw new AppError('activity-unsupported', {
      detail: 'The activity has no type, or one that is not taken from clients.',
      remedy: `Send one of these types: ${bodySchema.shape.type.options.join(', ')}.`,
      subject,
    })
  throw new AppError('request-invalid', {
    detail: `The activity is not valid${subject === '' ? '' : ` at ${subject}`}: ${issue?.message ?? 'unknown'}.`,
    remedy: 'Send a Bot Framework activity as a JSON object, for example {"type":"message","text":"hello"}.',
    subject,
  })
}

function checkContent({ type, text, value, attachments }: Body): void {
  if (attachments && attachments.length > 0)
    throw new AppError('activity-unsupported', {
      detail: 'Attachments are not taken.',
      remedy: 'Send text; files go to the official filing app, not to this assistant.',
      subject: 'attachments',
    })
  if (text !== undefined && text.length > MAX_TEXT)
    throw new AppError('text-too-long', {
      detail: `The text is longer than ${MAX_TEXT} characters.`,
      remedy: 'Send it in shorter messages.',
      subject: 'text',
    })
  if (value !== undefined && JSON.stringify(value).length > MAX_VALUE)
    throw new AppError('body-too-large', {
      detail: `The value is longer than ${MAX_VALUE} characters of JSON.`,
      remedy: 'Send less in one activity.',
      subject: 'value',
    })
  if (type === Message && value === undefined && (text ?? '').trim() === '')
    throw new AppError('text-empty', {
      detail: 'The message has neither a text nor a value.',
      remedy: 'Send at least one character, or the value of a button.',
      subject: 'text',
    })
}

type ChannelData = { readonly [key: string]: Json | undefined }

/** Small channel data is kept whole; of a big one only what clients need to know their own message again. */
function keepSmall(channelData: unknown): ChannelData | undefined {
  if (typeof channelData !== 'object' || channelData === null || Array.isArray(channelData)) return undefined
  const small = JSON.stringify(channelData).length <= MAX_CHANNEL_DATA
  const members = Object.entries(channelData).filter(
    ([key, value]) =>
      small || (KNOWN_CHANNEL_DATA.includes(key) && typeof value === 'string' && value.length <= 200),
  )
  return Object.fromEntries(members.map(([key, value]) => [key, toJson(value)]))
}
const KNOWN_CHANNEL_DATA = ['clientActivityID', 'clientTimestamp']

function activityId(conversationId: string, channelData: ChannelData | undefined): string {
  const sent = channelData?.['clientActivityID']
  if (typeof sent !== 'string' || sent === '') return `${conversationId}|${randomId()}`
  return `${conversationId}|${createHash('sha256').update(sent).digest('base64url').slice(0, 22)}`
}
