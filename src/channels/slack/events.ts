import { z } from 'zod'
import type { Inbound } from '../messaging/channel.ts'
import { fromSlackText } from './slack-text.ts'

const id = z.string().regex(/^[A-Z0-9]{2,40}$/)
const stamp = z.string().regex(/^\d{1,12}\.\d{1,8}$/)
const teams = { team: id.nullish(), user_team: id.nullish(), source_team: id.nullish() }

const callbackSchema = z.object({
  type: z.literal('event_callback'),
  team_id: id,
  event_id: z.string(),
  authorizations: z.array(z.object({ user_id: id.nullish(), is_bot: z.boolean().optional() })).optional(),
  event: z.object({
    type: z.enum(['message', 'app_mention']),
    subtype: z.enum(['file_share', 'thread_broadcast']).optional(),
    bot_id: z.null().optional(),
    hidden: z.literal(false).optional(),
    user: id,
    text: z.string().max(40_000).default(''),
    channel: id,
    channel_type: z.string().optional(),
    ts: stamp,
    thread_ts: stamp.optional(),
    parent_user_id: id.optional(),
    ...teams,
  }),
})
const challengeSchema = z.object({ type: z.literal('url_verification'), challenge: z.string().max(1_000) })
const pressSchema = z.object({
  type: z.literal('block_actions'),
  team: z.object({ id }),
  user: z.object({ id, team_id: id.nullish(), name: z.string().optional() }),
  channel: z.object({ id }),
  message: z.object({ ts: stamp, thread_ts: stamp.optional() }),
  actions: z
    .array(z.object({ type: z.literal('button'), value: z.string().max(2_000), action_ts: stamp }))
    .min(1)
    .max(1),
})

export type Reading =
  | { readonly kind: 'challenge'; readonly challenge: string }
  | {
      readonly kind: 'inbound'
      readonly inbound: Inbound
      /** Said to the assistant, not merely in a channel it is in. */
      readonly addressed: boolean
    }
  /** Nothing for the assistant: its own messages, edits, other people's apps, kinds of events it does not know. */
  | { readonly kind: 'nothing' }

const NOTHING: Reading = { kind: 'nothing' }

/** What Slack delivered, over webhook or socket, as the assistant reads it. */
export function readEvent(body: unknown): Reading {
  const challenge = challengeSchema.safeParse(body)
  if (challenge.success) return { kind: 'challenge', challenge: challenge.data.challenge }
  const callback = callbackSchema.safeParse(body)
  if (callback.success) return readMessage(callback.data)
  const press = pressSchema.safeParse(body)
  return press.success ? readPress(press.data) : NOTHING
}

function readMessage({
  team_id: tenant,
  event,
  authorizations = [],
}: z.infer<typeof callbackSchema>): Reading {
  const bot = authorizations.find(({ is_bot: isBot }) => isBot === true)?.user_id ?? undefined
  if (event.user === bot || isForeign(tenant, event)) return NOTHING
  const { channel, ts, thread_ts: threadOf, user, text } = event
  const personal = channel.startsWith('D')
  const mentioned = event.type === 'app_mention' || (bot !== undefined && text.includes(`<@${bot}>`))
  // A question asked in a channel is answered in a thread of its own.
  const thread = threadOf ?? (personal ? undefined : ts)
  return {
    kind: 'inbound',
    addressed: personal || mentioned || (bot !== undefined && event.parent_user_id === bot),
    inbound: {
      // A mention comes twice, as two kinds of events with two event ids: this is the same for both, and for retries.
      id: `${channel}/${ts}`,
      tenant,
      chat: channel,
      ...(thread === undefined ? {} : { thread }),
      chatKind: personal ? 'personal' : 'group',
      sender: user,
      text: fromSlackText(text, bot ?? (mentioned ? firstMention(text) : undefined)),
    },
  }
}

function readPress({ team, user, channel, message, actions }: z.infer<typeof pressSchema>): Reading {
  const [action] = actions
  if (!action || isForeign(team.id, { team: user.team_id })) return NOTHING
  const personal = channel.id.startsWith('D')
  const thread = message.thread_ts ?? (personal ? undefined : message.ts)
  return {
    kind: 'inbound',
    addressed: true,
    inbound: {
      id: `${channel.id}/${message.ts}/${user.id}/${action.action_ts}`,
      tenant: team.id,
      chat: channel.id,
      ...(thread === undefined ? {} : { thread }),
      chatKind: personal ? 'personal' : 'group',
      sender: user.id,
      ...(user.name === undefined ? {} : { senderName: user.name }),
      text: '',
      pressed: action.value,
    },
  }
}

/** In a channel shared with another organisation its people speak too, but they are nobody's staff here. */
function isForeign(
  tenant: string,
  from: Partial<Record<keyof typeof teams, string | null | undefined>>,
): boolean {
  return [from.team, from.user_team, from.source_team].some((team) => (team ?? tenant) !== tenant)
}

function firstMention(text: string): string | undefined {
  return /^\s*<@([A-Z0-9]+)(\|[^>]*)?>/.exec(text)?.[1]
}
