import type { Activity } from 'botbuilder'
import { z } from 'zod'
import { AppError } from '../../errors.ts'

const MAX_TEXT = 20_000
/** As JSON text. */
const MAX_VALUE = 32_000
/** Types of the protocol; the bot decides which of them it answers. */
const TYPES = [
  'message',
  'messageUpdate',
  'messageDelete',
  'messageReaction',
  'conversationUpdate',
  'contactRelationUpdate',
  'installationUpdate',
  'typing',
  'event',
  'invoke',
  'endOfConversation',
  'handoff',
  'command',
  'commandResult',
  'suggestion',
  'trace',
] as const

/** Channels send null for what they do not have. */
const optional = <S extends z.ZodType>(schema: S) => schema.nullish().transform((value) => value ?? undefined)
/** The store takes well-formed text only, and half a surrogate pair is not. */
const wellFormed = z.string().transform((text) => text.replace(/\p{Surrogate}/gu, '\uFFFD'))
const id = z
  .string()
  .min(1)
  .max(1_000)
  .refine((text) => !/[\p{Surrogate}\p{Cc}]/u.test(text), 'not a plain text')
const short = optional(wellFormed.pipe(z.string().max(1_000)))
const list = <S extends z.ZodType>(schema: S) => optional(z.array(schema).max(100))
const date = optional(
  z.string().transform((text) => (Number.isNaN(Date.parse(text)) ? undefined : new Date(text))),
)
const account = z.looseObject({ id, name: short, role: short })
const member = z.looseObject({ id, name: short })

/** Every member the bot or the SDK reads has the form they expect; others are passed on as they are. */
const bodySchema = z.looseObject({
  type: z.enum(TYPES),
  id: optional(id),
  channelId: id,
  serviceUrl: z.string().min(1).max(2_000),
  conversation: z.looseObject({ id, tenantId: short, conversationType: short }),
  from: account,
  recipient: account,
  text: optional(wellFormed),
  textFormat: short,
  locale: short,
  name: short,
  action: short,
  code: short,
  replyToId: short,
  deliveryMode: optional(z.enum(['normal', 'notification', 'expectReplies', 'ephemeral'])),
  callerId: z
    .unknown()
    .optional()
    .transform(() => undefined),
  timestamp: date,
  localTimestamp: date,
  expiration: date,
  membersAdded: list(member),
  membersRemoved: list(member),
  reactionsAdded: list(z.looseObject({ type: short })),
  reactionsRemoved: list(z.looseObject({ type: short })),
  attachments: list(z.looseObject({ contentType: short, name: short })),
  entities: list(z.looseObject({ type: short })),
  value: z.unknown().optional(),
  channelData: optional(z.looseObject({ tenant: optional(z.looseObject({ id: short })) })),
  relatesTo: optional(z.looseObject({})),
  suggestedActions: z
    .unknown()
    .optional()
    .transform(() => undefined),
})
type Body = z.output<typeof bodySchema>
/** The schema above checks every member; this only gives its outcome the SDK's own type. */
const activitySchema = z.custom<Activity>((value) => typeof value === 'object' && value !== null)

export interface Incoming {
  readonly activity: Activity
  /** The organisation the person belongs to, where the channel has such. */
  readonly tenantId: string | undefined
}

/**
 * The activity a channel posted. Its id is as it came; what the SDK or the bot would choke on is refused here.
 * @throws AppError that names the member of the body and what it takes
 */
export function readActivity(body: unknown): Incoming {
  const parsed = parse(body)
  checkSize(parsed)
  return {
    activity: activitySchema.parse({ ...parsed, text: withoutMention(parsed) }),
    tenantId: parsed.conversation.tenantId ?? parsed.channelData?.tenant?.id,
  }
}

function parse(body: unknown): Body {
  const result = bodySchema.safeParse(body)
  if (result.success) return result.data
  const [issue] = result.error.issues
  const subject = issue?.path.join('.') ?? ''
  if (subject === 'type')
    throw new AppError('activity-unsupported', {
      detail: 'The activity has no type, or one that the Bot Framework protocol does not know.',
      remedy: `Send one of these types: ${TYPES.join(', ')}.`,
      subject,
    })
  throw new AppError('request-invalid', {
    detail: `The activity is not valid${subject === '' ? '' : ` at ${subject}`}: ${issue?.message ?? 'unknown'}.`,
    remedy:
      'Send a Bot Framework activity: type, channelId, serviceUrl, and conversation, from and recipient with an id each.',
    subject,
  })
}

function checkSize({ text, value }: Body): void {
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
}

/** In groups a message begins with the bot's name; what is left is what was said to it. */
function withoutMention({ text, entities = [], recipient }: Body): string | undefined {
  const names = entities.flatMap((entity) => {
    const { success, data } = mentionSchema.safeParse(entity)
    return success && data.mentioned.id === recipient.id ? [data.text] : []
  })
  if (names.length === 0) return text
  return names.reduce<string | undefined>((rest, name) => rest?.replaceAll(name, ' '), text)?.trim()
}
const mentionSchema = z.object({
  type: z.literal('mention'),
  text: z.string().min(1),
  mentioned: z.object({ id: z.string() }),
})
