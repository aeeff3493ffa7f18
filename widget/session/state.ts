import type { Language } from '../../src/language.ts'
import type { CaseView } from '../../src/rendering/case-view.ts'
import type { FormAnswers, Message, Payload } from '../../src/rendering/message.ts'
import type { Activity } from './wire.ts'

/** What the widget shows, and how each event changes it. Pure: the session feeds it, the components draw it. */
export interface State {
  readonly language: Language
  readonly connection: ConnectionStatus
  /** What the server has, in the server's order. */
  readonly log: readonly Item[]
  /** What this tab sent and the server has not echoed yet. */
  readonly pending: readonly OwnItem[]
  /** Ids of activities already taken, so that a replay shows nothing twice. */
  readonly seen: ReadonlySet<string>
  /** The bot owes an answer. */
  readonly waiting: boolean
  /** The earlier conversation was not there any more. */
  readonly gone: boolean
  /** The newest bot messages that came in live, for the live region. */
  readonly news: readonly BotItem[]
  /** The whole case, as the newest message that told it has it. */
  readonly view: CaseView | undefined
}

export type Sent = Payload | FormAnswers

export type ConnectionStatus = 'idle' | 'connecting' | 'online' | 'reconnecting'
export type Item = BotItem | OwnItem

export interface BotItem {
  readonly from: 'bot'
  readonly key: string
  readonly text: string
  readonly language?: Language
  readonly message?: Message
}

export interface OwnItem {
  readonly from: 'user'
  /** The clientActivityID: the same for every attempt to send it. */
  readonly key: string
  readonly text: string
  readonly value?: Sent
  readonly status: 'sending' | 'sent' | 'failed' | 'refused'
  /** What the bot said to a message that could not be kept; it goes when the message is sent again. */
  readonly meanwhile?: readonly BotItem[]
}

export type Event =
  | { readonly type: 'received'; readonly activities: readonly Activity[]; readonly live: boolean }
  | { readonly type: 'sending'; readonly key: string; readonly text: string; readonly value?: Sent }
  | { readonly type: 'posted'; readonly key: string }
  | {
      readonly type: 'failed'
      readonly key: string
      readonly refused: boolean
      readonly said?: readonly Activity[]
    }
  | { readonly type: 'connection'; readonly status: ConnectionStatus }
  | { readonly type: 'language'; readonly language: Language }
  | { readonly type: 'waited' }
  /** Another conversation from here on: the old one is gone, or another tab began a new one. */
  | { readonly type: 'reset'; readonly gone: boolean }

const NEWS_KEPT = 6

export function initialState(language: Language): State {
  return {
    language,
    connection: 'idle',
    log: [],
    pending: [],
    seen: new Set(),
    waiting: false,
    gone: false,
    news: [],
    view: undefined,
  }
}

export function reduce(state: State, event: Event): State {
  switch (event.type) {
    case 'received':
      return event.activities.reduce((next, activity) => receive(next, activity, event.live), state)
    case 'sending':
      return sending(state, event)
    case 'posted':
      return withStatus(state, event.key, 'sent')
    case 'failed': {
      const meanwhile = (event.said ?? []).map(botItem)
      const next = withStatus(state, event.key, event.refused ? 'refused' : 'failed', meanwhile)
      // Nobody waits for the answer to a message that was echoed meanwhile.
      const shown = next.pending.some((item) => item.key === event.key) ? meanwhile : []
      return {
        ...next,
        waiting: next.waiting && next.pending.some(underWay),
        news: shown.length > 0 ? [...next.news, ...shown].slice(-NEWS_KEPT) : next.news,
      }
    }
    case 'connection':
      return { ...state, connection: event.status }
    case 'language':
      return { ...state, language: event.language }
    case 'waited':
      return { ...state, waiting: false }
    case 'reset':
      return {
        ...initialState(state.language),
        connection: state.connection,
        gone: event.gone,
        // A typed text may be sent again; a tap belongs to the conversation that is gone.
        pending: state.pending
          .filter((item) => item.value === undefined)
          .map((item) => ({ ...item, status: 'failed' })),
      }
  }
}

function underWay(item: OwnItem): boolean {
  return item.status === 'sending' || item.status === 'sent'
}

function receive(state: State, activity: Activity, live: boolean): State {
  if (activity.type === 'typing') return live && !activity.own ? { ...state, waiting: true } : state
  if (activity.type !== 'message' || state.seen.has(activity.id)) return state
  const seen = new Set(state.seen).add(activity.id)
  if (activity.own) return { ...echo(state, activity), seen }
  const item = botItem(activity)
  return {
    ...state,
    seen,
    log: [...state.log, item],
    waiting: false,
    view: activity.view ?? state.view,
    news: live ? [...state.news, item].slice(-NEWS_KEPT) : state.news,
    language: live ? (item.message?.language ?? state.language) : state.language,
  }
}

function botItem({ id, text, message, language }: Activity): BotItem {
  return { from: 'bot', key: id, text, message, language: message?.language ?? language }
}

/** Our own message came back: from this tab it leaves `pending`, from another tab it is new here. */
function echo(state: State, { id, clientActivityID: key = id, text, value }: Activity): State {
  if (state.log.some((item) => item.key === key)) return state
  return {
    ...state,
    log: [...state.log, { from: 'user', key, text, value, status: 'sent' }],
    pending: state.pending.filter((item) => item.key !== key),
  }
}

function sending(state: State, { key, text, value }: Extract<Event, { type: 'sending' }>): State {
  if (state.log.some((item) => item.key === key)) return state
  const known = state.pending.some((item) => item.key === key)
  const pending = known
    ? state.pending
    : [...state.pending, { from: 'user', key, text, value, status: 'sending' } as const]
  return withStatus({ ...state, pending, waiting: true, gone: false }, key, 'sending')
}

function withStatus(
  state: State,
  key: string,
  status: OwnItem['status'],
  meanwhile?: OwnItem['meanwhile'],
): State {
  const pending = state.pending.map((item) => (item.key === key ? { ...item, status, meanwhile } : item))
  return { ...state, pending }
}
